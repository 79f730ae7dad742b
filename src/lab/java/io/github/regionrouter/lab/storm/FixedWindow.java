package io.github.regionrouter.lab.storm;

import io.github.regionrouter.lab.simulator.Window;

/** A counter that begins anew at fixed times, as tokens per minute and requests per 10 s do: the simulator's own. */
record FixedWindow(Window window) implements Limit {

    @Override
    public boolean fits(long now, long cost) {
        return cost <= window.remaining(now);
    }

    @Override
    public void charge(long now, long cost) {
        window.charge(now, cost);
    }

    @Override
    public long untilFits(long now, long cost) {
        return fits(now, cost) ? 0 : window.untilReset(now).toNanos();
    }

    @Override
    public long lapses(long now) {
        return now + window.untilReset(now).toNanos();
    }
}
