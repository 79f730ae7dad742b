package io.github.regionrouter.lab.simulator;

import java.time.Duration;
import java.util.Map;

/** The wait of a 429 as Azure sends it: whole seconds, rounded up, and milliseconds. */
final class Throttle {

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

    private static long roundedUp(Duration wait, long unitNanos) {
        return (wait.toNanos() + unitNanos - 1) / unitNanos;
    }
}
