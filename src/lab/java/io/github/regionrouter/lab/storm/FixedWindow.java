package io.github.regionrouter.lab.storm;

/** A counter that begins anew at fixed times, as tokens per minute and requests per 10 s do (facts/wire.md §2.1). */
final class FixedWindow implements Limit {

    private final long limit;
    private final long length;
    private final long phase;

    private long window = Long.MIN_VALUE;
    private long used;

    /** @param phase when one of the windows begins */
    FixedWindow(long limit, long length, long phase) {
        this.limit = limit;
        this.length = length;
        this.phase = phase;
    }

    @Override
    public boolean fits(long now, long cost) {
        turn(now);
        return used + cost <= limit;
    }

    @Override
    public void charge(long now, long cost) {
        turn(now);
        used += cost;
    }

    @Override
    public long untilFits(long now, long cost) {
        return fits(now, cost) ? 0 : lapses(now) - now;
    }

    @Override
    public long lapses(long now) {
        turn(now);
        return (window + 1) * length + phase;
    }

    private void turn(long now) {
        long current = Math.floorDiv(now - phase, length);
        if (current != window) {
            window = current;
            used = 0;
        }
    }
}
