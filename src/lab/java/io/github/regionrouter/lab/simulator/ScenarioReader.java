package io.github.regionrouter.lab.simulator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a scenario from JSON. It is refused whole, with every problem by its place. */
public final class ScenarioReader {

    /** Fewer than a test keeps: bodies of a long run fill the heap. */
    static final int USUALLY_LOGGED = 1_000;

    static final Set<String> NAMES = Set.of("seed", "regions");

    private static final int MOST_REGIONS = 100;

    private final List<String> problems = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Set<Integer> ports = new HashSet<>();

    private ScenarioReader() {}

    /** A document as docs/simulator.md explains it. */
    public static Scenario read(byte[] json) throws InvalidScenarioException {
        try {
            ScenarioReader reader = new ScenarioReader();
            JsonObject document = JsonObject.read(json);
            reader.problems.addAll(RepeatedNames.in(json, ""));
            return reader.scenario(document);
        } catch (IOException e) {
            throw new InvalidScenarioException(List.of(String.valueOf(e.getMessage())));
        }
    }

    private Scenario scenario(JsonObject json) throws InvalidScenarioException {
        ScenarioFields document = new ScenarioFields("", json, problems);
        document.checkNames(NAMES);
        long seed = document.integer("seed", 0, Long.MIN_VALUE + 1, Long.MAX_VALUE);
        List<Scenario.Part> parts = new ArrayList<>();
        List<ScenarioFields> regions = document.objects("regions");
        for (ScenarioFields region : regions) {
            Scenario.Part part = new RegionReader(region, seed).part();
            checkAlone(region, part.config());
            parts.add(part);
        }
        if (problems.isEmpty() && (parts.isEmpty() || parts.size() > MOST_REGIONS)) {
            problems.add(Check.message("regions", parts.size(), "1 to " + MOST_REGIONS + " regions"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidScenarioException(problems);
        }
        return new Scenario(parts);
    }

    private void checkAlone(ScenarioFields region, RegionConfig config) {
        if (region.fields().text("name").isPresent() && !names.add(config.name())) {
            region.wrong("name", "a name of its own");
        }
        if (config.port() != 0 && !ports.add(config.port())) {
            region.wrong("port", "a port of its own");
        }
    }
}
