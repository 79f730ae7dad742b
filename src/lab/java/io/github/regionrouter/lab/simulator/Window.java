package io.github.regionrouter.lab.simulator;

import java.time.Duration;

/** A counter which goes back to nothing at fixed times: origin, origin + length, and so on. Not thread-safe. */
public final class Window {

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
    public Window(Duration length, long limit, long originNanos) {
        lengthNanos = length.toNanos();
        this.limit = limit;
        this.originNanos = originNanos;
    }

    /** What fits between two resets. */
    public long limit() {
        return limit;
    }

    /** Counts an amount, whether it fits or not. */
    public void charge(long nowNanos, long amount) {
        roll(nowNanos);
        used += amount;
    }

    /** What still fits; never negative. */
    public long remaining(long nowNanos) {
        roll(nowNanos);
        return Math.max(0, limit - used);
    }

    /** The time to the next reset; never zero. */
    public Duration untilReset(long nowNanos) {
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
