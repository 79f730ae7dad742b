package io.github.regionrouter.lab.load;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is.
 *
 * @param elapsed seconds
 * @param total null if the run has no number of calls
 * @param perSecond calls that ended, since the last line
 * @param p50 milliseconds, of the calls served since the last line; NaN of none
 * @param tokensPerMinute of the last minute, or since the start
 */
record Progress(
        double elapsed,
        long done,
        @Nullable Long total,
        double perSecond,
        long inFlight,
        long served,
        long throttled,
        long other,
        double p50,
        double p95,
        double tokensPerMinute) {

    /** About 100 characters, so that it fits one line of a terminal. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%5.0f s  %s  %s/s  %d in flight  200: %d  429: %d  other: %d  p50 %s  p95 %s  %s tokens/min",
                elapsed,
                total == null ? Long.toString(done) : done + "/" + total,
                Words.number(perSecond),
                inFlight,
                served,
                throttled,
                other,
                Words.millis(p50),
                Words.millis(p95),
                Words.whole(tokensPerMinute));
    }
}
