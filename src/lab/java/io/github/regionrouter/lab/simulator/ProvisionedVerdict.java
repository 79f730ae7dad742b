package io.github.regionrouter.lab.simulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What provisioned throughput says to one call. Its answers have no {@code x-ratelimit-…} headers.
 *
 * @param utilisation 1 for 100 %, after the call was charged; more is possible
 * @param retryAfter until utilisation is back at 100 %; zero when the call was admitted
 */
record ProvisionedVerdict(double utilisation, Duration retryAfter) implements Verdict {

    @Override
    public boolean admitted() {
        return retryAfter.isZero();
    }

    /** The first as Microsoft's own benchmark reads it: a number and a percent sign. */
    @Override
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("azure-openai-deployment-utilization", String.format(Locale.ROOT, "%.1f%%", utilisation * 100));
        if (!admitted()) {
            headers.putAll(Throttle.headers(retryAfter));
        }
        return headers;
    }

    /** No body of this refusal was ever quoted; this is the gateway's. */
    @Override
    public String refusal(String operation, String apiVersion) {
        return AzureError.tryAgain(Throttle.seconds(retryAfter));
    }
}
