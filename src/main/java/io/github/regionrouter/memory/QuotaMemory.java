package io.github.regionrouter.memory;

import io.github.regionrouter.region.Ticker;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What callers have asked for in the last minute. Kept by the caller's name, so that it survives a refresh of the settings, and
 * per instance: with several instances a caller may get as many times its quota.
 */
public final class QuotaMemory {

    private final Ticker ticker;
    private final ConcurrentHashMap<String, Used> used = new ConcurrentHashMap<>();

    public QuotaMemory(Ticker ticker) {
        this.ticker = ticker;
    }

    /**
     * Takes one request from a caller's quota if it fits.
     *
     * @param tokensPerMinute 0 if there is no bound
     * @param requestsPerMinute 0 if there is no bound
     * @param tokens what the request is estimated to take
     * @return zero if it was taken; else nothing was, and this is how long to wait until it fits
     */
    public Duration take(String caller, int tokensPerMinute, int requestsPerMinute, long tokens) {
        long now = ticker.nanos();
        Used of = used.computeIfAbsent(caller, unseen -> new Used(now));
        synchronized (of) {
            Duration forTokens = tokensPerMinute == 0 ? Duration.ZERO : of.tokens.wait(tokens, tokensPerMinute, now);
            Duration forRequests = requestsPerMinute == 0 ? Duration.ZERO : of.requests.wait(1, requestsPerMinute, now);
            Duration wait = forTokens.compareTo(forRequests) > 0 ? forTokens : forRequests;
            if (wait.isZero()) {
                of.tokens.take(tokens, now);
                of.requests.take(1, now);
            }
            return wait;
        }
    }

    private static final class Used {
        final MinuteWindow tokens;
        final MinuteWindow requests;

        Used(long now) {
            tokens = new MinuteWindow(now);
            requests = new MinuteWindow(now);
        }
    }
}
