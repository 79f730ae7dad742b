package io.github.regionrouter.attempt;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The {@code retry} section of the settings.
 *
 * @param maxAttempts attempts of one call at most, from 1
 * @param maxWait bounds the sum of one call's waits (R5)
 * @param deadline from the caller's request to the answer, at most 220 s (R10)
 * @param attemptTimeout bounds one attempt; null means the time left
 * @param firstEventTimeout bounds the time until a stream's first content; null means as for any attempt (R11)
 * @param idleTimeout the longest silence within a stream (R11)
 */
public record RetryRules(
        int maxAttempts,
        Duration maxWait,
        Duration deadline,
        @Nullable Duration attemptTimeout,
        @Nullable Duration firstEventTimeout,
        Duration idleTimeout) {

    /** The defaults of design §4: 30 attempts, 20 s, 210 s; and 60 s of silence. */
    public static final RetryRules DEFAULT =
            new RetryRules(30, Duration.ofSeconds(20), Duration.ofSeconds(210), null, null, Duration.ofSeconds(60));

    /** The rules for a stream: an attempt lasts until its first content. */
    public RetryRules forStream() {
        return firstEventTimeout == null
                ? this
                : new RetryRules(maxAttempts, maxWait, deadline, firstEventTimeout, firstEventTimeout, idleTimeout);
    }
}
