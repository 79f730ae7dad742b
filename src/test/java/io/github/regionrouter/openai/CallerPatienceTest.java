package io.github.regionrouter.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R10: {@code min(…, X-Stainless-Timeout − 1 s, x-router-timeout-ms)}. */
class CallerPatienceTest {

    @ParameterizedTest(name = "{0}: {1} ms")
    @CsvSource({
        "x-stainless-timeout=600, 599000",
        "x-stainless-timeout=60, 59000",
        "x-stainless-timeout=2, 1000",
        "x-stainless-timeout=10.5, 9500",
        "x-stainless-read-timeout=600, 599000",
        "x-stainless-timeout=60 x-stainless-read-timeout=30, 29000",
        "x-stainless-timeout=30 x-stainless-read-timeout=60, 29000",
        "x-router-timeout-ms=1500, 1500",
        "x-router-timeout-ms=1, 1",
        "x-stainless-timeout=60 x-router-timeout-ms=1500, 1500",
        "x-stainless-timeout=2 x-router-timeout-ms=60000, 1000",
    })
    void theShortestCounts(String headers, long millis) {
        assertThat(patience(headers)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void whoSaysNothingHasNoLimit() {
        assertThat(patience("")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0", "-5", "abc", "", " ", "NaN", "99999999999999999999"})
    void aClientsOwnHeaderThatCannotBeReadIsIgnored(String value) {
        assertThat(CallerPatience.of(name -> name.equals("x-stainless-timeout") ? value : null))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.001", "0.5", "1", "1.5", "1.999"})
    @DisplayName("A short time-out leaves a little, since the first attempt starts however short the deadline")
    void aShortTimeOutLeavesALittle(String seconds) {
        Duration patience = patience("x-stainless-timeout=" + seconds);

        assertThat(patience).isBetween(Duration.ofNanos(1), Duration.ofNanos(999_999_999));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "abc", "", "9999999999", "1e3"})
    void theRoutersOwnHeaderMustBeReadable(String value) {
        assertThatThrownBy(() -> CallerPatience.of(name -> name.equals("x-router-timeout-ms") ? value : null))
                .isInstanceOfSatisfying(RefusedCall.class, refused -> {
                    assertThat(refused.error().status()).isEqualTo(400);
                    assertThat(refused.error().message()).contains("x-router-timeout-ms");
                });
    }

    private static Duration patience(String line) {
        Map<String, String> headers = new HashMap<>();
        for (String header : line.split(" ")) {
            int equals = header.indexOf('=');
            if (equals > 0) {
                headers.put(header.substring(0, equals), header.substring(equals + 1));
            }
        }
        return CallerPatience.of(headers::get);
    }
}
