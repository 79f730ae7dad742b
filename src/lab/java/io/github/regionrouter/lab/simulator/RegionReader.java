package io.github.regionrouter.lab.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Reads one region of a scenario. */
final class RegionReader {

    private static final Set<String> QUOTAS =
            Set.of("tokensPerMinute", "requestsPerMinute", "requestWindowSeconds", "provisionedTokensPerMinute");
    private static final Set<String> OWN = Set.of(
            "name",
            "port",
            "apiKey",
            "deployments",
            "firstTokenMs",
            "tokenMs",
            "jitter",
            "promptCache",
            "filteredPrompts",
            "filteredAnswers",
            "logged",
            "faults");

    /** All that a region may have. */
    static final Set<String> NAMES = with(QUOTAS, OWN);

    private static final long MOST_TOKENS = 1_000_000_000_000L;
    private static final int MOST_LOGGED = 1_000_000;

    private final ScenarioFields fields;
    private final long seed;

    RegionReader(ScenarioFields fields, long seed) {
        this.fields = fields;
        this.seed = seed;
    }

    Scenario.Part part() {
        fields.checkNames(NAMES);
        if (!fields.fields().has("name")) {
            fields.wrong("name", "a text that is not blank");
        }
        RegionConfig config = RegionConfig.named(Objects.requireNonNull(fields.text("name", "unnamed")))
                .port((int) fields.integer("port", 0, 0, 65_535))
                .apiKey(fields.text("apiKey", null))
                .quotas(quotas(fields, Quotas.NONE))
                .pace(new Pace(
                        fields.millis("firstTokenMs"),
                        fields.millis("tokenMs"),
                        fields.number("jitter", 0, Pace.MOST_JITTER),
                        seed))
                .caching(fields.bool("promptCache", true) ? Caching.USUAL : Caching.OFF)
                .filter(new Filter(
                        fields.texts("filteredPrompts", Filter.MARKS.prompts()),
                        fields.texts("filteredAnswers", Filter.MARKS.answers())))
                .logged((int) fields.integer("logged", ScenarioReader.USUALLY_LOGGED, 0, MOST_LOGGED));
        return new Scenario.Part(withDeployments(config), faults());
    }

    /** A name, or an object with a name and quotas that differ from those of the region. */
    private RegionConfig withDeployments(RegionConfig config) {
        Set<String> names = new HashSet<>();
        List<RegionConfig> last = new ArrayList<>(List.of(config));
        fields.elements("deployments", element -> {
            JsonObject object = element.value() instanceof String
                    ? new JsonObject(Json.map("name", element.value()))
                    : JsonObject.of(element.value()).orElse(JsonObject.EMPTY);
            ScenarioFields deployment = new ScenarioFields(element.place(), object, fields.problems());
            deployment.checkNames(with(QUOTAS, Set.of("name")));
            String name = deployment.text("name", null);
            if (name == null || !names.add(name)) {
                element.wrong("a name of its own, or an object with one");
            } else {
                last.set(0, last.get(0).quotas(name, quotas(deployment, config.quotas())));
            }
        });
        return last.get(0).deployments(names);
    }

    private static Quotas quotas(ScenarioFields from, Quotas absent) {
        long window =
                from.integer("requestWindowSeconds", absent.requestWindow().toSeconds(), 1, 10);
        if (window != 1 && window != 10) {
            from.wrong("requestWindowSeconds", "1 or 10");
            window = 10;
        }
        return new Quotas(
                from.integer("tokensPerMinute", absent.tokensPerMinute(), 0, MOST_TOKENS),
                (int) from.integer("requestsPerMinute", absent.requestsPerMinute(), 0, Integer.MAX_VALUE),
                Duration.ofSeconds(window),
                from.integer("provisionedTokensPerMinute", absent.provisionedTokensPerMinute(), 0, MOST_TOKENS));
    }

    /** As the control API takes them; each tells its first problem. */
    private List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (ScenarioFields fault : fields.objects("faults")) {
            try {
                faults.add(FaultReader.fault(new FaultFields(fault.where(), fault.fields())));
            } catch (IllegalArgumentException e) {
                fields.problems().add(String.valueOf(e.getMessage()));
            }
        }
        return faults;
    }

    private static Set<String> with(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }
}
