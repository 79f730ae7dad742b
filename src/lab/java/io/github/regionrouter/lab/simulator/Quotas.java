package io.github.regionrouter.lab.simulator;

import java.time.Duration;
import java.util.Set;

/**
 * What a deployment may take; immutable. With provisioned throughput the other two do not count, as on Azure.
 *
 * @param tokensPerMinute estimated tokens in a minute; 0 for no limit
 * @param requestsPerMinute requests in a minute; 0 for no limit
 * @param requestWindow over what time requests are counted, 1 s or 10 s: Azure's documentation names both
 * @param provisionedTokensPerMinute what provisioned throughput works off in a minute; 0 for a deployment without
 */
public record Quotas(
        long tokensPerMinute, int requestsPerMinute, Duration requestWindow, long provisionedTokensPerMinute) {

    private static final Set<Duration> WINDOWS = Set.of(Duration.ofSeconds(1), Duration.ofSeconds(10));

    /** No limit at all; were there one for requests, it would be enforced over 10 s. */
    public static final Quotas NONE = new Quotas(0, 0, Duration.ofSeconds(10), 0);

    /** Checks the ranges. */
    public Quotas {
        Check.that(tokensPerMinute >= 0, "tokensPerMinute", tokensPerMinute, ">= 0");
        Check.that(requestsPerMinute >= 0, "requestsPerMinute", requestsPerMinute, ">= 0");
        Check.that(WINDOWS.contains(requestWindow), "requestWindow", requestWindow, "1 s or 10 s");
        Check.that(provisionedTokensPerMinute >= 0, "provisionedTokensPerMinute", provisionedTokensPerMinute, ">= 0");
    }

    /** With this many tokens per minute. */
    public Quotas tokensPerMinute(long value) {
        return new Quotas(value, requestsPerMinute, requestWindow, provisionedTokensPerMinute);
    }

    /** With this many requests per minute. */
    public Quotas requestsPerMinute(int value) {
        return new Quotas(tokensPerMinute, value, requestWindow, provisionedTokensPerMinute);
    }

    /** With requests counted over this time. */
    public Quotas requestWindow(Duration value) {
        return new Quotas(tokensPerMinute, requestsPerMinute, value, provisionedTokensPerMinute);
    }

    /** With provisioned throughput of this many tokens per minute. */
    public Quotas provisionedTokensPerMinute(long value) {
        return new Quotas(tokensPerMinute, requestsPerMinute, requestWindow, value);
    }
}
