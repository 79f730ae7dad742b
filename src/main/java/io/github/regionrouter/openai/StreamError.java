package io.github.regionrouter.openai;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An error told inside a stream, whose status was 200 already (R11).
 *
 * @param code such as {@code 429}, {@code rate_limit_exceeded}, {@code server_error}
 * @param message for people
 * @param type such as {@code server_error}, {@code rate_limit_error}
 */
public record StreamError(
        @Nullable String code,
        @Nullable String message,
        @Nullable String type) {

    private static final Set<String> THROTTLING =
            Set.of("429", "too_many_requests", "toomanyrequests", "insufficient_quota", "insufficientquota");

    /**
     * Whether this would have been a 429: it cools like one (design §5.1). Told by code or type, or by the sentences of
     * Azure's 429 ("… have exceeded token rate limit of …", "Rate limit is exceeded."). An overloaded model without such a
     * code is a failure (R6): it has nothing to do with this caller's quota.
     */
    public boolean isThrottling() {
        return names(code) || names(type) || speaksOfRateLimit();
    }

    /** Where a wait may be read ("Please retry after 7 seconds."); empty if nothing is said. */
    public String text() {
        return message == null ? "" : message;
    }

    private static boolean names(@Nullable String name) {
        if (name == null) {
            return false;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return THROTTLING.contains(lower) || lower.contains("rate_limit") || lower.contains("ratelimit");
    }

    private boolean speaksOfRateLimit() {
        String lower = text().toLowerCase(Locale.ROOT);
        return lower.contains("rate limit") && (lower.contains("exceeded") || lower.contains("rate limit reached"));
    }
}
