package io.github.regionrouter.lab.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The wait of a 429 as Azure sends it: whole seconds, rounded up, and milliseconds. */
final class Throttle {

    private static final List<String> WAITS = List.of(
            "retry-after",
            "retry-after-ms",
            "x-ms-retry-after-ms",
            "x-ratelimit-reset-tokens",
            "x-ratelimit-reset-requests");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,9})?");

    private static final long USUAL_SECONDS = 2;

    private Throttle() {}

    static long seconds(Duration wait) {
        return roundedUp(wait, 1_000_000_000L);
    }

    static long millis(Duration wait) {
        return roundedUp(wait, 1_000_000L);
    }

    static Map<String, String> headers(Duration wait) {
        return Map.of("retry-after", String.valueOf(seconds(wait)), "retry-after-ms", String.valueOf(millis(wait)));
    }

    /** The wait that headers tell, in whole seconds; nothing if it is no number, 2 if they tell none. */
    static OptionalLong seconds(Map<String, String> headers) {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        for (String name : WAITS) {
            if (byName.containsKey(name)) {
                return seconds(byName.get(name), name.endsWith("-ms") ? 1_000 : 1);
            }
        }
        return OptionalLong.of(USUAL_SECONDS);
    }

    private static OptionalLong seconds(String value, int parts) {
        return NUMBER.matcher(value).matches()
                ? OptionalLong.of((long) Math.ceil(Double.parseDouble(value) / parts))
                : OptionalLong.empty();
    }

    private static long roundedUp(Duration wait, long unitNanos) {
        return (wait.toNanos() + unitNanos - 1) / unitNanos;
    }
}
