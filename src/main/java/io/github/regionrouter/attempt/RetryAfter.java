package io.github.regionrouter.attempt;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * R3: how long a region that answered 429 wants to be left alone. Read in this order, the first that can be understood wins:
 * {@code retry-after-ms}, {@code x-ms-retry-after-ms}, {@code retry-after} (seconds, also with a fraction, or an HTTP date),
 * {@code x-ratelimit-reset-tokens|requests} (the later one), the sentence in the body. Azure sends any subset of them.
 */
public final class RetryAfter {

    /** A longer wait says that the request does not fit the quota at all (Azure: 86400), not that the region is busy (R3). */
    static final Duration LONGEST_MEANT = Duration.ofMinutes(5);

    /** What cannot be told apart from "never"; keeps absurd numbers from overflowing. */
    private static final BigDecimal NEVER_MILLIS =
            new BigDecimal(Duration.ofDays(365).toMillis());

    private static final Pattern NUMBER = Pattern.compile("\\d{1,30}(?:\\.\\d{1,30})?");
    private static final Pattern SPAN =
            Pattern.compile("(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9}(?:\\.\\d{1,9})?)s)?(?:(\\d{1,9})ms)?");
    private static final Pattern SENTENCE = Pattern.compile(
            "(?:retry|try again) (?:after|in) (\\d{1,30}(?:\\.\\d{1,30})?) ?(milliseconds?|ms|seconds?|s|minutes?)\\b",
            Pattern.CASE_INSENSITIVE);

    private RetryAfter() {}

    /**
     * @param now wall-clock time, for HTTP dates; a date in the past is not understood
     * @return never negative; null if the headers do not say
     */
    public static @Nullable Duration fromHeaders(Headers headers, Instant now) {
        Duration wait = millis(headers.value("retry-after-ms"));
        if (wait == null) {
            wait = millis(headers.value("x-ms-retry-after-ms"));
        }
        if (wait == null) {
            wait = secondsOrDate(headers.value("retry-after"), now);
        }
        if (wait == null) {
            wait = later(
                    later(
                            span(headers.value("x-ratelimit-reset-tokens")),
                            span(headers.value("x-rate-limit-reset-tokens"))),
                    span(headers.value("x-ratelimit-reset-requests")));
        }
        return wait;
    }

    /** The wait of "Please retry after 7 seconds." or "Try again in 2 seconds."; null if the text says nothing of the kind. */
    public static @Nullable Duration fromText(String body) {
        Matcher sentence = SENTENCE.matcher(body);
        if (!sentence.find()) {
            return null;
        }
        String unit = sentence.group(2).toLowerCase(Locale.ROOT);
        int millisPerUnit =
                unit.startsWith("milli") || unit.equals("ms") ? 1 : unit.startsWith("minute") ? 60_000 : 1000;
        return duration(sentence.group(1), millisPerUnit);
    }

    private static @Nullable Duration millis(@Nullable String value) {
        return number(value, 1);
    }

    private static @Nullable Duration secondsOrDate(@Nullable String value, Instant now) {
        Duration seconds = number(value, 1000);
        if (seconds != null || value == null) {
            return seconds;
        }
        try {
            Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value.trim(), Instant::from);
            return date.isBefore(now) ? null : Duration.between(now, date);
        } catch (DateTimeException neither) {
            return null;
        }
    }

    /** Azure gives whole seconds here; OpenAI's own form is {@code 6m0s} or {@code 20ms}. */
    private static @Nullable Duration span(@Nullable String value) {
        Duration seconds = number(value, 1000);
        if (seconds != null || value == null || value.isBlank()) {
            return seconds;
        }
        Matcher parts = SPAN.matcher(value.trim());
        if (!parts.matches()) {
            return null;
        }
        return Duration.ZERO
                .plus(part(parts.group(1), 3_600_000))
                .plus(part(parts.group(2), 60_000))
                .plus(part(parts.group(3), 1000))
                .plus(part(parts.group(4), 1));
    }

    private static Duration part(@Nullable String number, int millisPerUnit) {
        return number == null ? Duration.ZERO : duration(number, millisPerUnit);
    }

    private static @Nullable Duration number(@Nullable String value, int millisPerUnit) {
        return value != null && NUMBER.matcher(value.trim()).matches() ? duration(value.trim(), millisPerUnit) : null;
    }

    private static Duration duration(String number, int millisPerUnit) {
        BigDecimal millis = new BigDecimal(number).multiply(BigDecimal.valueOf(millisPerUnit));
        return Duration.ofNanos(millis.min(NEVER_MILLIS).movePointRight(6).longValue());
    }

    private static @Nullable Duration later(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) >= 0 ? one : other;
    }
}
