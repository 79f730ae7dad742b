package io.github.regionrouter.lab.simulator;

import java.time.Duration;

/**
 * How long a region remembers the prefix of a prompt; immutable. Azure's documentation: 5 to 10 minutes after its last use, an hour
 * at most.
 *
 * @param shortest the least time after the last use
 * @param longest the most; each prefix has its own time between the two, always the same. Zero switches caching off
 */
public record Caching(Duration shortest, Duration longest) {

    /** As documented. */
    public static final Caching USUAL = new Caching(Duration.ofMinutes(5), Duration.ofMinutes(10));

    /** No prompt is ever remembered. */
    public static final Caching OFF = new Caching(Duration.ZERO, Duration.ZERO);

    /** Checks the ranges. */
    public Caching {
        Check.that(!shortest.isNegative(), "shortest", shortest, ">= 0");
        Check.that(longest.compareTo(shortest) >= 0, "longest", longest, ">= shortest");
    }

    boolean off() {
        return longest.isZero();
    }
}
