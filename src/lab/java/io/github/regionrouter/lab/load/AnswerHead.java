package io.github.regionrouter.lab.load;

import io.github.regionrouter.attempt.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of an answer say.
 *
 * @param region {@code x-router-region}, else {@code x-ms-region} written as code ({@code East US 2} is {@code eastus2}), so
 *     that direct and routed calls meet in one row; null if there is neither
 * @param backend {@code Backend-Service-URL} without its query; null if the call was not routed
 * @param story null if the call was not routed
 * @param retryAfter null if nothing is said
 * @param events whether server-sent events follow
 */
record AnswerHead(
        int status,
        @Nullable String region,
        @Nullable String backend,
        @Nullable RouterStory story,
        @Nullable Duration retryAfter,
        boolean events) {

    /** @param headers the value of a header by its name in lower case; null if there is none */
    static AnswerHead of(int status, Function<String, @Nullable String> headers, ServerText text) {
        String region = headers.apply("x-router-region");
        String backend = headers.apply("backend-service-url");
        String type = headers.apply("content-type");
        return new AnswerHead(
                status,
                code(region == null ? headers.apply("x-ms-region") : region, text),
                backend == null ? null : bare(text.line(backend)),
                RouterStory.of(headers.apply("x-router-attempts")),
                status == 429 ? RetryAfter.fromHeaders(headers::apply, Instant.now()) : null,
                type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream"));
    }

    private static @Nullable String code(@Nullable String region, ServerText text) {
        return region == null || region.isBlank()
                ? null
                : text.line(region).toLowerCase(Locale.ROOT).replace(" ", "");
    }

    /** Without user, query and fragment, which may hold a secret of the server's own. */
    private static String bare(String url) {
        return url.replaceFirst("[?#].*", "").replaceFirst("//[^/]*@", "//");
    }
}
