package io.github.regionrouter.lab.storm;

import java.util.List;
import org.HdrHistogram.Histogram;

/** What became of the calls of one run, or of several. */
final class Figures {

    private static final long LONGEST = 600_000;

    private final long[] tokensByRegion;
    private final Series series = new Series();
    private final Histogram waits = new Histogram(LONGEST, 3);

    private long calls;
    private long answered;
    private long throttled;
    private long attempts;
    private long inVain;
    private long told;
    private long toldTrue;
    private long keyed;
    private long cacheHits;

    Figures(int regions) {
        tokensByRegion = new long[regions];
    }

    /** @param wait from the call to the attempt that was admitted, in nanoseconds */
    void countAnswered(long wait) {
        calls++;
        answered++;
        waits.recordValue(Math.min(LONGEST, wait / 1_000_000));
    }

    /**
     * @param status what the caller got
     * @param retryAfter what he was told, in nanoseconds
     * @param truth how long it really is until a region admits the call
     */
    void countRefused(int status, long retryAfter, long truth) {
        calls++;
        if (status == 429) {
            throttled++;
        }
        told++;
        if (retryAfter >= 0
                && retryAfter >= truth - VirtualTime.SECOND / 100
                && retryAfter - truth <= 2 * VirtualTime.SECOND) {
            toldTrue++;
        }
    }

    /** An attempt within the time that counts. */
    void countAttempt(long now, Call call, int region, Reply reply, boolean knownPrompt) {
        attempts++;
        series.count(now - Workload.COUNT_FROM, reply);
        if (reply instanceof Reply.Admitted) {
            tokensByRegion[region] += call.tokens();
            keyed += call.cacheKey() >= 0 ? 1 : 0;
            cacheHits += knownPrompt ? 1 : 0;
        } else if (reply instanceof Reply.Throttled) {
            inVain++;
        }
    }

    void add(Figures other) {
        for (int i = 0; i < tokensByRegion.length; i++) {
            tokensByRegion[i] += other.tokensByRegion[i];
        }
        waits.add(other.waits);
        calls += other.calls;
        answered += other.answered;
        throttled += other.throttled;
        attempts += other.attempts;
        inVain += other.inVain;
        told += other.told;
        toldTrue += other.toldTrue;
        keyed += other.keyed;
        cacheHits += other.cacheHits;
    }

    /** Calls that were answered, of all. */
    double answeredShare() {
        return share(answered, calls);
    }

    /** Calls whose caller got 429, of all. */
    double throttledShare() {
        return share(throttled, calls);
    }

    /** Attempts answered 429, of all. */
    double wasted() {
        return share(inVain, attempts);
    }

    /** Tokens that regions admitted in the time that counts. */
    long goodput() {
        long sum = 0;
        for (long tokens : tokensByRegion) {
            sum += tokens;
        }
        return sum;
    }

    /** In milliseconds. */
    long waited(double percentile) {
        return waits.getValueAtPercentile(percentile);
    }

    /** Refused callers who were told a time at which a region would admit them, and not a second later; NaN if none was refused. */
    double toldTrue() {
        return told == 0 ? Double.NaN : share(toldTrue, told);
    }

    /** Calls that found their prefix kept, of those that have one; NaN if none has. */
    double cacheHits() {
        return keyed == 0 ? Double.NaN : share(cacheHits, keyed);
    }

    /** By how much the shares of tokens are off the weights of the first tier, summed over those that had too much; 0 to 1. */
    double unevenness(List<RegionSpec> regions) {
        int first = regions.stream().mapToInt(RegionSpec::priority).min().orElse(1);
        long weights = 0;
        long tokens = 0;
        for (int i = 0; i < tokensByRegion.length; i++) {
            if (regions.get(i).priority() == first) {
                weights += regions.get(i).weight();
                tokens += tokensByRegion[i];
            }
        }
        double off = 0;
        for (int i = 0; i < tokensByRegion.length; i++) {
            if (regions.get(i).priority() == first) {
                off += Math.max(
                        0,
                        share(tokensByRegion[i], tokens) - share(regions.get(i).weight(), weights));
            }
        }
        return off;
    }

    /** Tokens that regions of the first tier admitted, of all. */
    double firstTier(List<RegionSpec> regions) {
        int first = regions.stream().mapToInt(RegionSpec::priority).min().orElse(1);
        long tokens = 0;
        for (int i = 0; i < tokensByRegion.length; i++) {
            tokens += regions.get(i).priority() == first ? tokensByRegion[i] : 0;
        }
        return share(tokens, goodput());
    }

    Series series() {
        return series;
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
