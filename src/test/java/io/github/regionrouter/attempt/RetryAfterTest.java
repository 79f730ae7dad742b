package io.github.regionrouter.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R3: how long a region wants to be left alone, and from which of its words. */
class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-04T10:00:00Z");

    @DisplayName("The sources, from the first to the last")
    @ParameterizedTest(name = "{0}: {1} ms")
    @CsvSource({
        "retry-after-ms=1200, 1200",
        "retry-after-ms=1.5, 1.5",
        "x-ms-retry-after-ms=800, 800",
        "retry-after=7, 7000",
        "retry-after=0, 0",
        "retry-after=0.25, 250",
        "retry-after=1.5, 1500",
        "retry-after=86400, 86400000",
        "x-ratelimit-reset-tokens=26, 26000",
        "x-ratelimit-reset-requests=3, 3000",
        "x-rate-limit-reset-tokens=4, 4000",
        "x-ratelimit-reset-tokens=6m0s, 360000",
        "x-ratelimit-reset-requests=20ms, 20",
        "x-ratelimit-reset-tokens=1m30s, 90000",
        "x-ratelimit-reset-tokens=1h2m3s, 3723000",
        "x-ratelimit-reset-tokens=7.66s, 7660",
        "x-ratelimit-reset-tokens=2m, 120000",
        "x-ratelimit-reset-tokens=59.5s, 59500",
    })
    void eachSourceIsUnderstood(String headers, String millis) {
        assertThat(wait(headers)).isEqualTo(millis(millis));
    }

    @DisplayName("Several sources: the first that can be understood counts")
    @ParameterizedTest(name = "{0}: {1} ms")
    @CsvSource({
        "retry-after-ms=100 x-ms-retry-after-ms=200 retry-after=3 x-ratelimit-reset-tokens=4, 100",
        "x-ms-retry-after-ms=200 retry-after=3 x-ratelimit-reset-tokens=4, 200",
        "retry-after=3 x-ratelimit-reset-tokens=4 x-ratelimit-reset-requests=5, 3000",
        "retry-after=1 retry-after-ms=9000, 9000",
        "retry-after-ms=soon retry-after=3, 3000",
        "retry-after-ms=-1 x-ms-retry-after-ms=200, 200",
        "retry-after-ms=-5 retry-after=-1 x-ratelimit-reset-tokens=4, 4000",
        "retry-after=tomorrow x-ratelimit-reset-requests=5, 5000",
        "x-ms-retry-after-ms=NaN retry-after=Infinity x-ratelimit-reset-requests=5, 5000",
        "retry-after= x-ratelimit-reset-requests=5, 5000",
    })
    void theOrderOfTheSources(String headers, String millis) {
        assertThat(wait(headers)).isEqualTo(millis(millis));
    }

    @DisplayName("Both reset headers present: the later one counts (design §5.1)")
    @ParameterizedTest(name = "{0}: {1} ms")
    @CsvSource({
        "x-ratelimit-reset-tokens=30 x-ratelimit-reset-requests=1, 30000",
        "x-ratelimit-reset-tokens=1 x-ratelimit-reset-requests=30, 30000",
        "x-ratelimit-reset-tokens=6m0s x-ratelimit-reset-requests=30, 360000",
        "x-ratelimit-reset-tokens=0 x-ratelimit-reset-requests=30, 30000",
        "x-ratelimit-reset-tokens=-1 x-ratelimit-reset-requests=30, 30000",
        "x-ratelimit-reset-tokens=20ms x-ratelimit-reset-requests=none, 20",
    })
    void theLaterOfTheResets(String headers, String millis) {
        assertThat(wait(headers)).isEqualTo(millis(millis));
    }

    @Test
    void anHttpDateInTheFutureIsTheTimeUntilThen() {
        assertThat(date("Wed, 04 Nov 2026 10:00:42 GMT")).isEqualTo(Duration.ofSeconds(42));
        assertThat(date("Wed, 04 Nov 2026 10:00:00 GMT")).isEqualTo(Duration.ZERO);
        assertThat(date("Thu, 05 Nov 2026 10:00:00 GMT")).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void anHttpDateInThePastSaysNothing() {
        assertThat(date("Wed, 04 Nov 2026 09:59:59 GMT")).isNull();
        assertThat(date("Thu, 01 Jan 1970 00:00:00 GMT")).isNull();
    }

    @Test
    void anHttpDateInThePastLeavesTheWordToTheNextSource() {
        Headers headers = name -> switch (name.toLowerCase(Locale.ROOT)) {
            case "retry-after" -> "Wed, 04 Nov 2026 09:59:59 GMT";
            case "x-ratelimit-reset-tokens" -> "9";
            default -> null;
        };
        assertThat(RetryAfter.fromHeaders(headers, NOW)).isEqualTo(Duration.ofSeconds(9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "abc",
                "-1",
                "-0.5",
                "+7",
                "1e3",
                "0x10",
                "7;",
                "7,7",
                "1.2.3",
                ".",
                "NaN",
                "Infinity",
                "٧",
                "7 seconds",
                "2026-11-04T10:00:42Z",
                "Wed, 99 Nov 2026 10:00:42 GMT",
                "\u0000"
            })
    void whatCannotBeUnderstoodSaysNothing(String value) {
        for (String name : new String[] {"retry-after-ms", "x-ms-retry-after-ms", "retry-after"}) {
            assertThat(RetryAfter.fromHeaders(asked -> asked.equals(name) ? value : null, NOW))
                    .as(name + ": " + value)
                    .isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "m", "-3s", "3x", "s3", "6m-1s", "ms", "3 s 4", "1d"})
    void aSpanThatCannotBeUnderstoodSaysNothing(String value) {
        assertThat(RetryAfter.fromHeaders(asked -> asked.equals("x-ratelimit-reset-tokens") ? value : null, NOW))
                .isNull();
    }

    @Test
    void withoutAnyHeaderNothingIsSaid() {
        assertThat(wait("")).isNull();
    }

    @Test
    void spacesAroundANumberDoNotMatter() {
        assertThat(RetryAfter.fromHeaders(asked -> asked.equals("retry-after") ? " 7 " : null, NOW))
                .isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775807",
                "9223372036854775808",
                "99999999999999999999",
                "999999999999999999999999999999",
                "999999999999.999999999999"
            })
    void absurdNumbersMeanThatTheRequestNeverFitsAndDoNotOverflow(String value) {
        for (String name : new String[] {"retry-after-ms", "retry-after", "x-ratelimit-reset-tokens"}) {
            assertThat(RetryAfter.fromHeaders(asked -> asked.equals(name) ? value : null, NOW))
                    .as(name)
                    .isGreaterThan(RetryAfter.LONGEST_MEANT);
        }
    }

    @ParameterizedTest(name = "{1} ms in: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-05-01-preview have exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry after 52 seconds. Please go here: https://aka.ms/oai/quotaincrease if you would like to further increase the default rate limit.|52000",
                "have exceeded call rate limit of your current OpenAI S0 pricing tier. Please retry after 3 seconds. …|3000",
                "Rate limit is exceeded. Try again in 2 seconds.|2000",
                "Your requests to gpt-4.1-nano for gpt-4.1-nano in Sweden Central have exceeded the token rate limit for your current AIServices S0 pricing tier. This request was for ChatCompletions_Create under Azure OpenAI API version 2023-05-15. Please retry after 45 seconds. …|45000",
                "Your request exceeds the maximum usage size allowed during peak load. Please retry after 20 seconds. For improved capacity reliability, consider switching to Provisioned Throughput.|20000",
                "Please retry after 1 second.|1000",
                "Please try again in 350 milliseconds.|350",
                "PLEASE RETRY AFTER 7 SECONDS|7000",
                "Please retry after 86400 seconds.|86400000",
            })
    void theSentencesSeenInBodiesAreUnderstood(String message, long millis) {
        assertThat(RetryAfter.fromText("{\"error\":{\"code\":\"429\",\"message\":\"" + message + "\"}}"))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "That model is currently overloaded with other requests.",
                "The system is currently experiencing high demand and cannot process your request.",
                "Please retry after some seconds.",
                "Please retry after -3 seconds.",
                "52 seconds"
            })
    void aBodyThatNamesNoTimeSaysNothing(String body) {
        assertThat(RetryAfter.fromText(body)).isNull();
    }

    @Test
    void anAbsurdNumberInASentenceDoesNotOverflow() {
        assertThat(RetryAfter.fromText("Please retry after 99999999999999999999 seconds."))
                .isGreaterThan(RetryAfter.LONGEST_MEANT);
    }

    @Test
    void whateverTheHeadersHoldTheWaitIsNeverNegativeAndNothingIsThrown() {
        String alphabet = "0123456789.-+ hmsex:,GMTWed";
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            Headers headers = name -> random.nextInt(3) == 0 ? null : text(random, alphabet);
            Duration wait = RetryAfter.fromHeaders(headers, NOW);
            Duration said = RetryAfter.fromText("retry after " + text(random, alphabet) + " seconds");

            assertThat(wait == null || !wait.isNegative())
                    .as("headers, seed " + seed)
                    .isTrue();
            assertThat(said == null || !said.isNegative())
                    .as("text, seed " + seed)
                    .isTrue();
        }
    }

    private static String text(Random random, String alphabet) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static Duration date(String value) {
        return RetryAfter.fromHeaders(name -> name.equals("retry-after") ? value : null, NOW);
    }

    private static Duration wait(String line) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header : line.split(" ")) {
            if (!header.isEmpty()) {
                headers.put(header.substring(0, header.indexOf('=')), header.substring(header.indexOf('=') + 1));
            }
        }
        return RetryAfter.fromHeaders(headers::get, NOW);
    }

    private static Duration millis(String millis) {
        return Duration.ofNanos((long) (Double.parseDouble(millis) * 1_000_000));
    }
}
