package io.github.regionrouter.testing;

import io.github.regionrouter.region.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that moves when told to. It starts shortly before a {@code long} overflows, as {@link System#nanoTime} may: only
 * differences have a meaning, and code that compares two readings fails with this one.
 */
public final class ManualTicker implements Ticker {

    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(10).toNanos();

    private final AtomicLong nanos = new AtomicLong(START);

    @Override
    public long nanos() {
        return nanos.get();
    }

    /** Moves on. */
    public void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** Moves on. */
    public void advanceSeconds(long seconds) {
        advance(Duration.ofSeconds(seconds));
    }

    /** The time since the clock was made. */
    public Duration elapsed() {
        return Duration.ofNanos(nanos.get() - START);
    }
}
