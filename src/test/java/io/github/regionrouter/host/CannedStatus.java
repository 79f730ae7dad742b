package io.github.regionrouter.host;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code /router/status} may say, as maps and lists for {@code JsonWriter.writeUntyped}. */
final class CannedStatus {

    static final Instant NOW = Instant.parse("2026-11-23T01:40:00Z");
    static final int MINUTES = 15;

    private CannedStatus() {}

    static Map<String, Object> status(List<Map<String, Object>> models) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("now", NOW.toString());
        status.put("startedAt", ago(Duration.ofHours(3)));
        status.put("host", "streaming");
        status.put("version", "0.1.0");
        status.put("settings", settings(List.of()));
        status.put("minutes", MINUTES);
        status.put("models", models);
        status.put("alarms", List.of());
        return status;
    }

    static Map<String, Object> settings(List<String> faults) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("source", "file /etc/router.json");
        settings.put("version", "3f2a9c41");
        settings.put("loadedAt", ago(Duration.ofMinutes(42)));
        settings.put("checkedAt", ago(Duration.ofSeconds(17)));
        settings.put("faults", faults);
        return settings;
    }

    @SafeVarargs
    static Map<String, Object> model(String name, Map<String, Object>... regions) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("name", name);
        model.put("usable", true);
        model.put("stayInZone", false);
        model.put("regions", List.of(regions));
        return model;
    }

    /** A free region without calls. */
    static Map<String, Object> region(String name, int tier, int weight, String zone) {
        Map<String, Object> region = new LinkedHashMap<>();
        region.put("name", name);
        region.put("endpoint", "https://aoai-" + name + ".openai.azure.com");
        region.put("deployment", "gpt-4o");
        region.put("tier", tier);
        region.put("weight", weight);
        region.put("zone", zone);
        region.put("state", "free");
        region.put("cause", null);
        region.put("leftMs", 0);
        region.put("failures", 0);
        region.put("inFlight", 0);
        region.put("attempts", minutes());
        region.put("throttled", minutes());
        region.put("failed", minutes());
        return region;
    }

    static Map<String, Object> shut(Map<String, Object> region, String cause, Duration left) {
        return with(with(with(region, "state", "shut"), "cause", cause), "leftMs", left.toMillis());
    }

    static Map<String, Object> with(Map<String, Object> object, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(object);
        changed.put(name, value);
        return changed;
    }

    static Map<String, Object> alarm(Duration ago, String region, String cause, int status) {
        Map<String, Object> alarm = new LinkedHashMap<>();
        alarm.put("at", ago(ago));
        alarm.put("region", region);
        alarm.put("cause", cause);
        alarm.put("status", status);
        return alarm;
    }

    /** The last of fifteen minutes; those before are 0. */
    static List<Integer> minutes(int... last) {
        int[] all = new int[MINUTES];
        System.arraycopy(last, 0, all, MINUTES - last.length, last.length);
        return Arrays.stream(all).boxed().toList();
    }

    private static String ago(Duration time) {
        return NOW.minus(time).toString();
    }

    /** A morning with one region that cools and one whose breaker is open. */
    static Map<String, Object> sample() {
        Map<String, Object> sweden = with(
                with(
                        region("swedencentral", 1, 3, "eu"),
                        "attempts",
                        minutes(31, 34, 29, 38, 41, 36, 44, 39, 47, 42, 45, 61, 58, 66, 23)),
                "inFlight",
                2);
        Map<String, Object> france = with(
                with(
                        shut(region("francecentral", 1, 1, "eu"), "cooling", Duration.ofSeconds(12)),
                        "attempts",
                        minutes(12, 10, 13, 11, 14, 12, 18, 21, 16, 14, 15, 19, 13, 17, 6)),
                "throttled",
                minutes(0, 0, 0, 0, 0, 0, 3, 5, 2, 0, 0, 4, 1, 3, 2));
        Map<String, Object> east = with(
                with(
                        with(
                                shut(region("eastus2", 2, 1, "us"), "breaker", Duration.ofSeconds(41)),
                                "attempts",
                                minutes(0, 0, 0, 0, 0, 0, 2, 4, 1, 0, 0, 5, 9, 8, 3)),
                        "failed",
                        minutes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 6, 3)),
                "failures",
                3);
        return with(
                status(List.of(model("gpt-4o", sweden, france, east))),
                "alarms",
                List.of(alarm(Duration.ofMinutes(74), "eastus2", "credentials_refused", 401)));
    }
}
