package io.github.regionrouter.lab.simulator;

import java.time.Duration;

/** A counter which goes back to nothing at fixed times: origin, origin + length, and so on. Not thread-safe. */
final class Window {

    private final long lengthNanos;
    private final long limit;
    private final long originNanos;
    private long index;
    private long used;

    /**
     * @param length the time between two resets
     * @param limit what fits between two resets
     * @param originNanos the time of one reset, by the clock of the calls below
     */
    Window(Duration length, long limit, long originNanos) {
        lengthNanos = length.toNanos();
        this.limit = limit;
        this.originNanos = originNanos;
    }

    long limit() {
        return limit;
    }

    void charge(long nowNanos, long amount) {
        roll(nowNanos);
        used += amount;
    }

    /** What still fits; never negative. */
    long remaining(long nowNanos) {
        roll(nowNanos);
        return Math.max(0, limit - used);
    }

    /** The time to the next reset; never zero. */
    Duration untilReset(long nowNanos) {
        return Duration.ofNanos(lengthNanos - Math.floorMod(nowNanos - originNanos, lengthNanos));
    }

    private void roll(long nowNanos) {
        long current = Math.floorDiv(nowNanos - originNanos, lengthNanos);
        if (current != index) {
            index = current;
            used = 0;
        }
    }
}
