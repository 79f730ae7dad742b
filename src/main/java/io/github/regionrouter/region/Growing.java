package io.github.regionrouter.region;

import java.time.Duration;

/**
 * A pause that doubles each time it is needed again: 5 s, 10 s, 20 s, 40 s, 60 s, 60 s … (R3, R6). No jitter: the pause is
 * when a region may first be called again, and R4 lets a single call find out.
 */
final class Growing {
    static final Duration FIRST = Duration.ofSeconds(5);
    static final Duration LONGEST = Duration.ofSeconds(60);

    private Growing() {}

    /** @param before how many pauses there have been in a row */
    static Duration pause(int before) {
        Duration pause = FIRST.multipliedBy(1L << Math.min(before, 4));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
