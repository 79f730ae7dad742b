package io.github.regionrouter.lab.simulator;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The quota of one deployment, after Azure's documentation: the estimate of a call (prompt and {@code max_tokens}) is charged
 * on arrival to a counter which resets each minute; requests are counted over slices of 10 s, refused ones too.
 *
 * <p>Where the documentation leaves it open: all windows begin together; a refused call charges no tokens; the requests
 * remaining are those of the minute, and none while the slice is full. A call larger than the whole limit is refused for a
 * day, as observed by callers.
 */
final class Quota {

    static final Duration NEVER_FITS = Duration.ofDays(1);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SLICE = Duration.ofSeconds(10);
    private static final int SLICES = 6;

    private final LongSupplier clock;
    private final Window tokens;
    private final Window requests;
    private final Window slice;

    /**
     * @param tokensPerMinute 0 for no limit
     * @param requestsPerMinute 0 for no limit; a slice has a sixth of it, and at least one
     * @param originNanos when the first minute began
     */
    Quota(long tokensPerMinute, int requestsPerMinute, long originNanos, LongSupplier clock) {
        this.clock = clock;
        tokens = new Window(MINUTE, tokensPerMinute, originNanos);
        requests = new Window(MINUTE, requestsPerMinute, originNanos);
        slice = new Window(SLICE, Math.max(1, requestsPerMinute / SLICES), originNanos);
    }

    /** Decides on a call of so many tokens, and charges it. */
    synchronized QuotaVerdict admit(long estimate) {
        long now = clock.getAsLong();
        boolean requestFits = requests.limit() == 0 || slice.remaining(now) > 0;
        requests.charge(now, 1);
        slice.charge(now, 1);

        if (tokens.limit() > 0 && estimate > tokens.limit()) {
            return verdict(QuotaVerdict.Outcome.NEVER_FITS, NEVER_FITS, now);
        }
        // Before the requests: the minute never ends sooner than the slice, so this wait is the longer one.
        if (tokens.limit() > 0 && estimate > tokens.remaining(now)) {
            return verdict(QuotaVerdict.Outcome.TOKENS_EXCEEDED, tokens.untilReset(now), now);
        }
        if (!requestFits) {
            return verdict(QuotaVerdict.Outcome.REQUESTS_EXCEEDED, slice.untilReset(now), now);
        }
        tokens.charge(now, estimate);
        return verdict(QuotaVerdict.Outcome.ADMITTED, Duration.ZERO, now);
    }

    private QuotaVerdict verdict(QuotaVerdict.Outcome outcome, Duration wait, long now) {
        boolean sliceFull = outcome == QuotaVerdict.Outcome.REQUESTS_EXCEEDED;
        long requestsLeft = sliceFull ? 0 : requests.remaining(now);
        return new QuotaVerdict(outcome, wait, tokens.limit(), tokens.remaining(now), requests.limit(), requestsLeft);
    }
}
