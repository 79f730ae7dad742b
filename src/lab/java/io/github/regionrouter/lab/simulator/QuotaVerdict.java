package io.github.regionrouter.lab.simulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a quota says to one call.
 *
 * @param retryAfter until the call would fit; zero when it was admitted
 * @param tokenLimit tokens per minute; 0 for no limit
 * @param tokensLeft tokens left in this minute
 * @param requestLimit requests per minute; 0 for no limit
 * @param requestsLeft requests left in this minute
 */
record QuotaVerdict(
        Outcome outcome, Duration retryAfter, long tokenLimit, long tokensLeft, long requestLimit, long requestsLeft)
        implements Verdict {

    enum Outcome {
        ADMITTED,
        TOKENS_EXCEEDED,
        REQUESTS_EXCEEDED,
        NEVER_FITS
    }

    @Override
    public boolean admitted() {
        return outcome == Outcome.ADMITTED;
    }

    @Override
    public String refusal(String operation, String apiVersion) {
        String limit = outcome == Outcome.REQUESTS_EXCEEDED ? "call" : "token";
        return AzureError.quotaExceeded(operation, apiVersion, limit, Throttle.seconds(retryAfter));
    }

    @Override
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        if (tokenLimit > 0) {
            headers.put("x-ratelimit-limit-tokens", String.valueOf(tokenLimit));
            headers.put("x-ratelimit-remaining-tokens", String.valueOf(tokensLeft));
        }
        if (requestLimit > 0) {
            headers.put("x-ratelimit-limit-requests", String.valueOf(requestLimit));
            headers.put("x-ratelimit-remaining-requests", String.valueOf(requestsLeft));
        }
        if (!admitted()) {
            headers.putAll(Throttle.headers(retryAfter));
            String reset = outcome == Outcome.REQUESTS_EXCEEDED ? "requests" : "tokens";
            headers.put("x-ratelimit-reset-" + reset, String.valueOf(Throttle.seconds(retryAfter)));
        }
        return headers;
    }
}
