package io.github.regionrouter.lab.simulator;

import java.time.Duration;
import java.util.List;

/** Regions which run together, immutable; docs/simulator.md explains its JSON. */
public record Scenario(List<Part> regions) {

    static final int FIRST_PORT = 9_101;

    /**
     * One region of a scenario.
     *
     * @param faults that it begins with; their time counts from its start
     */
    public record Part(RegionConfig config, List<Fault> faults) {
        /** Copies the list. */
        public Part {
            faults = List.copyOf(faults);
        }
    }

    /** Copies the list. */
    public Scenario {
        regions = List.copyOf(regions);
    }

    /**
     * What runs when nothing else is said: three regions with the quotas of small deployments, at the pace of a quick model.
     *
     * @param firstPort of the first region, the others follow; 0 for any free ones
     */
    static Scenario usual(int firstPort) {
        Quotas small = Quotas.NONE.tokensPerMinute(30_000).requestsPerMinute(180);
        Pace quick = Pace.AT_ONCE
                .firstToken(Duration.ofMillis(300))
                .token(Duration.ofMillis(15))
                .jitter(0.3, 1);
        List<String> names = List.of("swedencentral", "eastus2", "westus3");
        return new Scenario(names.stream()
                .map(name -> RegionConfig.named(name)
                        .apiKey("key-of-" + name)
                        .port(firstPort == 0 ? 0 : firstPort + names.indexOf(name))
                        .quotas(small)
                        .pace(quick)
                        .logged(ScenarioReader.USUALLY_LOGGED))
                .map(config -> new Part(config, List.of()))
                .toList());
    }
}
