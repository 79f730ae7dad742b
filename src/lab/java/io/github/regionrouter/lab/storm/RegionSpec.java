package io.github.regionrouter.lab.storm;

import io.github.regionrouter.lab.simulator.Window;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment is worth.
 *
 * @param priority number of its tier
 * @param weight its share within the tier, as an operator would write it down
 * @param quota what it admits
 * @param lost when it answers 503, or null
 */
record RegionSpec(
        String name,
        int priority,
        int weight,
        Quota quota,
        @Nullable Outage lost) {

    RegionSpec(String name, int priority, int weight, Quota quota) {
        this(name, priority, weight, quota, null);
    }

    RegionSpec lost(long from, long until) {
        return new RegionSpec(name, priority, weight, quota, new Outage(from, until));
    }

    boolean isLost(long now) {
        return lost != null && now >= lost.from && now < lost.until;
    }

    record Outage(long from, long until) {}

    /** A quota, before it begins to count. */
    sealed interface Quota {

        /** What it admits in the long run, in {@code unit}s per nanosecond. */
        double perNano();

        /** Whether it counts tokens; else requests. */
        boolean countsTokens();

        /** @param phase in [0, 1): where in a window the run begins */
        Limit begin(double phase);
    }

    /** @param length of a window, in nanoseconds */
    record Windowed(long limit, long length, boolean countsTokens) implements Quota {

        static Windowed tokensPerMinute(long tokens) {
            return new Windowed(tokens, 60 * VirtualTime.SECOND, true);
        }

        static Windowed requests(long requests, int seconds) {
            return new Windowed(requests, seconds * VirtualTime.SECOND, false);
        }

        @Override
        public double perNano() {
            return (double) limit / length;
        }

        @Override
        public Limit begin(double phase) {
            return new FixedWindow(new Window(Duration.ofNanos(length), limit, -(long) (phase * length)));
        }
    }

    /** @param seconds how many seconds' worth of tokens stand in the bucket at 100 % */
    record Provisioned(long tokensPerMinute, double seconds) implements Quota {

        @Override
        public double perNano() {
            return tokensPerMinute / 60.0 / VirtualTime.SECOND;
        }

        @Override
        public boolean countsTokens() {
            return true;
        }

        @Override
        public Limit begin(double phase) {
            return new LeakyBucket(perNano(), perNano() * VirtualTime.SECOND * seconds);
        }
    }
}
