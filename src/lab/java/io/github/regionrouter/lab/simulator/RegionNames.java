package io.github.regionrouter.lab.simulator;

import java.util.Map;

/** Display names of Azure regions, as {@code x-ms-region} carries them. */
final class RegionNames {

    private static final Map<String, String> DISPLAY = Map.ofEntries(
            Map.entry("australiaeast", "Australia East"),
            Map.entry("canadaeast", "Canada East"),
            Map.entry("eastus", "East US"),
            Map.entry("eastus2", "East US 2"),
            Map.entry("francecentral", "France Central"),
            Map.entry("germanywestcentral", "Germany West Central"),
            Map.entry("japaneast", "Japan East"),
            Map.entry("northcentralus", "North Central US"),
            Map.entry("norwayeast", "Norway East"),
            Map.entry("polandcentral", "Poland Central"),
            Map.entry("southcentralus", "South Central US"),
            Map.entry("southindia", "South India"),
            Map.entry("swedencentral", "Sweden Central"),
            Map.entry("switzerlandnorth", "Switzerland North"),
            Map.entry("uksouth", "UK South"),
            Map.entry("westeurope", "West Europe"),
            Map.entry("westus", "West US"),
            Map.entry("westus2", "West US 2"),
            Map.entry("westus3", "West US 3"));

    private RegionNames() {}

    /** The display name, or the name itself where none is known. */
    static String display(String name) {
        return DISPLAY.getOrDefault(name, name);
    }
}
