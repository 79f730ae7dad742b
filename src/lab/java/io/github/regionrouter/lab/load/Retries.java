package io.github.regionrouter.lab.load;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the router says that it did for the calls it routed.
 *
 * @param attempts of all routed calls together
 * @param throttled how many attempts were answered 429, most of which no caller saw
 * @param callsByAttempts how many calls took one attempt, two, and so on
 */
record Retries(long attempts, long throttled, SortedMap<Integer, Long> callsByAttempts) {

    long calls() {
        return callsByAttempts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Calls that took more than one attempt. */
    long retried() {
        return callsByAttempts.tailMap(2).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Not thread-safe. */
    static final class Counter {
        private final SortedMap<Integer, Long> calls = new TreeMap<>();
        private long attempts;
        private long throttled;

        void add(RouterStory story) {
            calls.merge(story.attempts(), 1L, Long::sum);
            attempts += story.attempts();
            throttled += story.throttled();
        }

        Retries counted() {
            return new Retries(attempts, throttled, new TreeMap<>(calls));
        }
    }
}
