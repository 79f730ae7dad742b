package io.github.regionrouter.lab.simulator;

import java.math.BigInteger;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The quota of one deployment, after Azure's documentation: the estimate of a call (prompt and {@code max_tokens}) is charged
 * on arrival to a counter which resets each minute; requests are counted over slices of 1 s or 10 s, refused ones too. A slice is
 * as many times longer as it takes to have its part of the minute's requests without a rest.
 *
 * <p>Where the documentation leaves it open: all windows begin together; a refused call charges no tokens; the requests
 * remaining are those of the minute, and none while the slice is full. A call larger than the whole limit is refused for a
 * day, as observed by callers.
 */
final class Quota implements Limit {

    static final Duration NEVER_FITS = Duration.ofDays(1);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final LongSupplier clock;
    private final Window tokens;
    private final Window requests;
    private final Window slice;

    /**
     * @param quotas of which provisioned throughput is none
     * @param originNanos when the first minute began
     */
    Quota(Quotas quotas, long originNanos, LongSupplier clock) {
        this.clock = clock;
        tokens = new Window(MINUTE, quotas.tokensPerMinute(), originNanos);
        requests = new Window(MINUTE, quotas.requestsPerMinute(), originNanos);
        long slices = slices(quotas);
        slice = new Window(MINUTE.dividedBy(slices), quotas.requestsPerMinute() / slices, originNanos);
    }

    /** The most slices of a minute, each a multiple of the window, over which its requests are spread without a rest. */
    private static long slices(Quotas quotas) {
        BigInteger windows = BigInteger.valueOf(MINUTE.dividedBy(quotas.requestWindow()));
        return windows.gcd(BigInteger.valueOf(quotas.requestsPerMinute())).longValue();
    }

    @Override
    public Verdict admit(Demand demand, long cachedTokens) {
        return admit(demand.tokens());
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
