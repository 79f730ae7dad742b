package io.github.regionrouter.lab.simulator;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Nanoseconds which run with {@link System#nanoTime()}, can be put forward, and can be stopped: then they move when they are put
 * forward and not otherwise. Thread-safe.
 */
public final class DrivenClock implements LongSupplier {

    private long aheadNanos;
    private long stoppedAt;
    private boolean stopped;

    @Override
    public synchronized long getAsLong() {
        return stopped ? stoppedAt : System.nanoTime() + aheadNanos;
    }

    /** Puts the clock forward. */
    public synchronized void advance(Duration time) {
        Check.that(!time.isNegative(), "time", time, ">= 0");
        aheadNanos += time.toNanos();
        stoppedAt += time.toNanos();
    }

    /** Stops the clock, or lets it run on from where it stands. */
    public synchronized void stopped(boolean value) {
        long now = getAsLong();
        stoppedAt = now;
        aheadNanos = now - System.nanoTime();
        stopped = value;
    }

    /** Whether only {@link #advance} moves it. */
    public synchronized boolean stopped() {
        return stopped;
    }
}
