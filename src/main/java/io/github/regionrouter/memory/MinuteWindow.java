package io.github.regionrouter.memory;

import java.time.Duration;

/**
 * At most so much in a minute, which ends now and moves on: no burst at the turn of a minute, as with a counter that is reset.
 * Kept in slots of 100 ms, so memory is bounded whatever the rate, and what was taken is free again up to 100 ms early, never
 * late: who waits as he is told gets in. Not thread-safe.
 */
final class MinuteWindow {

    private static final long SLOT = Duration.ofMillis(100).toNanos();
    private static final int SLOTS = 600;

    private final long[] taken = new long[SLOTS];
    private final long origin;
    private long latest;
    private long sum;

    /** @param now nanoseconds of any origin */
    MinuteWindow(long now) {
        this.origin = now;
    }

    /** How long to wait until {@code amount} fits under {@code limit}: zero if it fits now, a minute if it never does. */
    Duration wait(long amount, long limit, long now) {
        long slot = advance(now);
        long excess = sum + amount - limit;
        if (excess <= 0) {
            return Duration.ZERO;
        }
        for (long oldest = Math.max(0, slot - SLOTS + 1); oldest <= slot; oldest++) {
            excess -= taken[index(oldest)];
            if (excess <= 0) {
                return Duration.ofNanos((oldest + SLOTS) * SLOT - (now - origin));
            }
        }
        return Duration.ofMinutes(1);
    }

    void take(long amount, long now) {
        taken[index(advance(now))] += amount;
        sum += amount;
    }

    /** Forgets what is over a minute old. */
    private long advance(long now) {
        long slot = Math.max(latest, (now - origin) / SLOT);
        for (long begun = Math.max(latest + 1, slot - SLOTS + 1); begun <= slot; begun++) {
            sum -= taken[index(begun)];
            taken[index(begun)] = 0;
        }
        latest = slot;
        return slot;
    }

    private static int index(long slot) {
        return (int) (slot % SLOTS);
    }
}
