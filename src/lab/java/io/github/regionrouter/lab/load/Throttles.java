package io.github.regionrouter.lab.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The 429s of a run.
 *
 * @param withWait how many said how long to wait
 * @param shortest of the waits, in seconds; NaN if there were none
 */
record Throttles(long count, long withWait, double shortest, double median, double longest) {

    /** Not thread-safe. */
    static final class Counter {
        private final Histogram millis = new Histogram(3);
        private long count;

        Counter() {
            millis.setAutoResize(true);
        }

        /** @param wait null if it did not say */
        void add(@Nullable Duration wait) {
            count++;
            if (wait != null) {
                millis.recordValue(wait.toMillis());
            }
        }

        Throttles counted() {
            long told = millis.getTotalCount();
            return new Throttles(
                    count,
                    told,
                    told == 0 ? Double.NaN : millis.getMinValue() / 1_000.0,
                    told == 0 ? Double.NaN : millis.getValueAtPercentile(50) / 1_000.0,
                    told == 0
                            ? Double.NaN
                            : Math.min(millis.getMaxValue(), millis.getValueAtPercentile(100)) / 1_000.0);
        }
    }
}
