package io.github.regionrouter.lab.jmh;

import io.github.regionrouter.attempt.RetryAfter;
import io.github.regionrouter.openai.HeaderRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** R3, R13: what a 429 says of its wait, and which headers of an answer pass. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReadHeaders {

    private final Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Map<String, String> millis = Map.of("retry-after-ms", "5000", "retry-after", "5");
    private final Map<String, String> date = Map.of("retry-after", "Thu, 01 Jan 2026 00:00:05 GMT");
    private final Map<String, String> spans =
            Map.of("x-ratelimit-reset-tokens", "6m0s", "x-ratelimit-reset-requests", "20ms");
    private final List<String> answer = List.of(
            "apim-request-id",
            "content-length",
            "content-type",
            "date",
            "strict-transport-security",
            "x-content-type-options",
            "x-envoy-upstream-service-time",
            "x-ms-client-request-id",
            "x-ms-deployment-name",
            "x-ms-rai-invoked",
            "x-ms-region",
            "x-ratelimit-limit-requests",
            "x-ratelimit-limit-tokens",
            "x-ratelimit-remaining-requests",
            "x-ratelimit-remaining-tokens",
            "x-request-id");

    @Benchmark
    public @Nullable Duration retryAfterMillis() {
        return RetryAfter.fromHeaders(millis::get, now);
    }

    @Benchmark
    public @Nullable Duration retryAfterDate() {
        return RetryAfter.fromHeaders(date::get, now);
    }

    @Benchmark
    public @Nullable Duration retryAfterSpans() {
        return RetryAfter.fromHeaders(spans::get, now);
    }

    /** The sixteen headers that Azure OpenAI sends. */
    @Benchmark
    public int passing() {
        int passing = 0;
        for (String name : answer) {
            if (HeaderRules.passesToCaller(name)) {
                passing++;
            }
        }
        return passing;
    }
}
