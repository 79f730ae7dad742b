package io.github.regionrouter.lab.load;

import org.jspecify.annotations.Nullable;

/**
 * What {@code x-router-attempts} tells of a call (design R15).
 *
 * @param attempts how many there were
 * @param throttled how many of them were answered 429
 */
record RouterStory(int attempts, int throttled) {

    /** Null if there is no such header: the call was not routed. */
    static @Nullable RouterStory of(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return null;
        }
        int attempts = 0;
        int throttled = 0;
        for (String attempt : header.split(",", -1)) {
            attempts++;
            throttled += attempt.matches(".*;\\s*status=429(;.*)?") ? 1 : 0;
        }
        return new RouterStory(attempts, throttled);
    }
}
