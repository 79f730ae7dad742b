package io.github.regionrouter.lab.load;

import org.jspecify.annotations.Nullable;

/**
 * The times of one call, in nanoseconds of one clock.
 *
 * <p>Coordinated omission: a tester that sends late, because the server kept it waiting, and measures from when it did send
 * leaves out the very waits that users would have had. So {@link #latency} counts from when the call should have set out, and
 * {@link #service} beside it from when it did. In a closed loop both are the same: there is no other time at which the call
 * should have set out, and none is made up.
 *
 * @param intended when the call should have set out; as {@code sent} in a closed loop
 * @param firstToken when the first content came; null without a stream or content
 * @param end when the last byte came, or the failure
 */
record CallTimes(long intended, long sent, @Nullable Long firstToken, long end) {

    long latency() {
        return end - intended;
    }

    long service() {
        return end - sent;
    }

    /** From the intended time too; null if there was no token. */
    @Nullable
    Long timeToFirstToken() {
        return firstToken == null ? null : firstToken - intended;
    }
}
