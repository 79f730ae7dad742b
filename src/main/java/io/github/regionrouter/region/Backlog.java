package io.github.regionrouter.region;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * The calls that wait for the same regions, and how fast such calls were served lately: together they say over how long a time
 * the ends of their waits have to be spread (R5).
 *
 * <p>Calls that all wait for one moment all go at that moment: a region that admits some hundreds of them refuses the
 * thousands behind, and refused requests are counted against its next window too. So a crowd is let go at twice the rate at
 * which its calls were served lately, or 100 a second if that is more. Trade-off: the last of a crowd wait a little longer
 * than they would have to if the quota had grown meanwhile; docs/storm.md has what it saves.
 */
public final class Backlog {

    /** The spread of a few calls, so that the instances of a router do not all wake at once. */
    static final Duration SHORTEST_SPREAD = Duration.ofMillis(100);

    static final Duration LONGEST_SPREAD = Duration.ofSeconds(10);

    /** The longest time between two calls of a crowd: how fast regions are is not known well after a start or a quiet time. */
    static final Duration LONGEST_STEP = Duration.ofMillis(10);

    private static final double MEMORY_NANOS = 10e9;
    private static final long BETWEEN_SAMPLES = 1_000_000_000L;

    private final Ticker ticker;
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder served = new LongAdder();
    private final AtomicReference<Sample> last;

    Backlog(Ticker ticker) {
        this.ticker = ticker;
        last = new AtomicReference<>(new Sample(ticker.nanos(), 0, Double.NaN));
    }

    /** A call begins to wait. */
    public void joined() {
        waiting.incrementAndGet();
    }

    /** A call waits no more, whatever the reason. */
    public void left() {
        waiting.decrementAndGet();
    }

    /** A call was served. */
    public void served() {
        served.increment();
    }

    /** Waits that end at one moment end this much later at the most. From 100 ms to 10 s. */
    public Duration spread() {
        int crowd = waiting.get();
        if (crowd * LONGEST_STEP.toNanos() <= SHORTEST_SPREAD.toNanos()) {
            return SHORTEST_SPREAD;
        }
        double step = Math.min((double) LONGEST_STEP.toNanos(), 1 / (2 * rate()));
        double nanos = Math.min((double) LONGEST_SPREAD.toNanos(), crowd * step);
        return Duration.ofNanos(Math.max(SHORTEST_SPREAD.toNanos(), (long) nanos));
    }

    /** Calls served per nanosecond, a moving average over some 10 s. */
    private double rate() {
        Sample before = Objects.requireNonNull(last.get());
        long now = ticker.nanos();
        double passed = now - before.at;
        if (passed < BETWEEN_SAMPLES && !Double.isNaN(before.perNano)) {
            return before.perNano;
        }
        long count = served.sum();
        double lately = (count - before.count) / Math.max(1, passed);
        double weight = Double.isNaN(before.perNano) ? 1 : 1 - Math.exp(-passed / MEMORY_NANOS);
        double rate = Double.isNaN(before.perNano) ? lately : before.perNano + weight * (lately - before.perNano);
        last.compareAndSet(before, new Sample(now, count, rate));
        return rate;
    }

    private record Sample(long at, long count, double perNano) {}
}
