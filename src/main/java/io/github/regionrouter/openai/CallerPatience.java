package io.github.regionrouter.openai;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * R10: how long the caller will wait, where it says so. openai-java sends {@code X-Stainless-Timeout}, openai-python
 * {@code x-stainless-read-timeout}, both in seconds; anybody may send {@code x-router-timeout-ms}.
 */
public final class CallerPatience {

    /** The answer must be there before the client gives up; of a short time-out no more than half is kept back. */
    private static final Duration HEAD_START = Duration.ofSeconds(1);

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(?:\\.\\d{1,9})?");
    private static final Pattern MILLIS = Pattern.compile("[1-9]\\d{0,8}");

    private CallerPatience() {}

    /**
     * @param header looks up a header by its lower-case name
     * @return null if the caller does not say
     * @throws RefusedCall if {@code x-router-timeout-ms} cannot be read; the clients' own headers are ignored when they cannot
     */
    public static @Nullable Duration of(Function<String, @Nullable String> header) {
        Duration patience = shorter(
                lessHeadStart(seconds(header.apply("x-stainless-timeout"))),
                lessHeadStart(seconds(header.apply("x-stainless-read-timeout"))));
        return shorter(patience, millis(header.apply("x-router-timeout-ms")));
    }

    private static @Nullable Duration seconds(@Nullable String value) {
        if (value == null || !SECONDS.matcher(value.trim()).matches()) {
            return null;
        }
        Duration seconds =
                Duration.ofMillis(new BigDecimal(value.trim()).movePointRight(3).longValue());
        return seconds.isZero() ? null : seconds; // openai-java: zero means no limit
    }

    private static @Nullable Duration millis(@Nullable String value) {
        if (value == null) {
            return null;
        }
        if (!MILLIS.matcher(value.trim()).matches()) {
            throw new RefusedCall(
                    OpenAiError.invalidHeader("x-router-timeout-ms", value, "whole milliseconds from 1 to 999999999"));
        }
        return Duration.ofMillis(Long.parseLong(value.trim()));
    }

    private static @Nullable Duration lessHeadStart(@Nullable Duration timeout) {
        if (timeout == null) {
            return null;
        }
        Duration half = timeout.dividedBy(2);
        return timeout.minus(half.compareTo(HEAD_START) < 0 ? half : HEAD_START);
    }

    private static @Nullable Duration shorter(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }
}
