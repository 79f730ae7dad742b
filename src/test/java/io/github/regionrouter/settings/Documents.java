package io.github.regionrouter.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;

/** Settings documents, and how they are read. */
final class Documents {

    /** One model with one region: nothing can be left out. */
    static final String SMALLEST = """
            {"models": {"gpt-4o": {"regions": [{"name": "eastus", "endpoint": "https://e.openai.azure.com"}]}}}
            """;

    private Documents() {}

    static RouterSettings read(String document) {
        return read(document, Map.of());
    }

    static RouterSettings read(String document, Map<String, String> appSettings) {
        try {
            return new SettingsReader(appSettings::get).read(document);
        } catch (InvalidSettingsException refused) {
            throw new AssertionError("refused: " + refused.faults(), refused);
        }
    }

    static List<String> faults(String document) {
        return faults(document, Map.of());
    }

    static List<String> faults(String document, Map<String, String> appSettings) {
        InvalidSettingsException refused = catchThrowableOfType(
                InvalidSettingsException.class, () -> new SettingsReader(appSettings::get).read(document));
        assertThat(refused).as("refusal of " + document).isNotNull();
        for (String fault : refused.faults()) {
            assertThat(refused.getMessage()).contains(fault);
        }
        return refused.faults();
    }

    /** The paths of the faults: what stands before the first colon and space. */
    static List<String> faultyPaths(String document) {
        return faults(document).stream()
                .map(fault -> fault.substring(0, fault.indexOf(": ")))
                .toList();
    }

    /** A model with these regions, as JSON. */
    static String withRegions(String... regions) {
        return "{\"models\":{\"gpt-4o\":{\"regions\":[" + String.join(",", regions) + "]}}}";
    }

    /** The smallest document with further members at its top. */
    static String with(String members) {
        String smallest = SMALLEST.trim();
        return smallest.substring(0, smallest.length() - 1) + "," + members + "}";
    }

    /** A region with further members. */
    static String region(String name, String... members) {
        return "{\"name\":\"" + name + "\",\"endpoint\":\"https://" + name + ".openai.azure.com\""
                + (members.length == 0 ? "" : "," + String.join(",", members)) + "}";
    }
}
