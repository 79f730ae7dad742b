package io.github.regionrouter.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Design §6: every answer of the router's own has Azure's shape, whatever the caller sent. R5: what it says of waiting. */
class OpenAiErrorTest {

    static Stream<String> whateverACallerMaySend() {
        return Stream.of(
                "gpt-4o",
                "",
                "\"",
                "\\",
                "\"},\"x\":{\"y\":\"",
                "\r\n\t\u0000\u0001\u001f\u007f",
                "</script>",
                "ä€😀",
                "\u2028\u2029",
                "a".repeat(100_000),
                "😀".repeat(1_000),
                "a" + "😀".repeat(1_000),
                "a".repeat(99) + "😀",
                "\ud83d",
                "\ude00\ud83d",
                "a\ud800b");
    }

    @ParameterizedTest
    @MethodSource("whateverACallerMaySend")
    void bodiesAreValidJsonInAzuresShape(String input) throws IOException {
        for (OpenAiError error : everyErrorThatShows(input)) {
            Map<String, Object> shown = errorOf(error);

            assertThat(shown).containsOnlyKeys("code", "message");
            assertThat(shown.get("code")).isEqualTo(error.code()).isNotEqualTo("");
            assertThat((String) shown.get("message")).isNotBlank().hasSizeLessThan(1_000);
        }
    }

    @Test
    void bodiesAreValidJsonForRandomInput() throws IOException {
        for (long seed = 1; seed <= 2_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(200);
            for (int i = 0; i < length; i++) {
                int point = random.nextInt(Character.MAX_CODE_POINT);
                text.appendCodePoint(point >= 0xd800 && point < 0xe000 ? '?' : point);
            }
            for (OpenAiError error : everyErrorThatShows(text.toString())) {
                assertThat(errorOf(error)).as("seed " + seed).containsKeys("code", "message");
            }
        }
    }

    @DisplayName("R5: the wait is told in both headers as integers, and in the sentence")
    @ParameterizedTest(name = "{0} ms: {1} s, {2} ms")
    @CsvSource({
        "7000, 7, 7000",
        "7001, 8, 7001",
        "6999, 7, 6999",
        "1000, 1, 1000",
        "320, 1, 320",
        "59999, 60, 59999",
        "60000, 60, 60000",
        "60001, 60, 60000",
        "86400000, 60, 60000",
    })
    void theWaitThatACallerIsTold(long wait, String seconds, String millis) {
        OpenAiError error = OpenAiError.throttled("gpt-4o", Duration.ofMillis(wait));

        assertThat(error.status()).isEqualTo(429);
        assertThat(error.headers()).containsEntry("retry-after", seconds).containsEntry("retry-after-ms", millis);
        assertThat(error.message()).contains("Please retry after " + seconds + " seconds.");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, 999_999, 1_000_000, 1_000_001, 59_999_999_999L, Long.MAX_VALUE})
    void theWaitIsNeverZeroAndNeverOverAMinute(long nanos) {
        for (OpenAiError error : List.of(
                OpenAiError.throttled("gpt-4o", Duration.ofNanos(nanos)),
                OpenAiError.noRegionAvailable("gpt-4o", Duration.ofNanos(nanos)),
                OpenAiError.doesNotFit("gpt-4o"))) {
            assertThat(Long.parseLong(error.headers().get("retry-after"))).isBetween(1L, 60L);
            assertThat(Long.parseLong(error.headers().get("retry-after-ms"))).isBetween(1L, 60_000L);
        }
    }

    @Test
    @DisplayName("§5.1: a request that fits nowhere: 429, retry-after: 60, x-should-retry: false")
    void aRequestThatFitsNowhere() {
        OpenAiError error = OpenAiError.doesNotFit("gpt-4o");

        assertThat(error.status()).isEqualTo(429);
        assertThat(error.headers()).containsEntry("retry-after", "60").containsEntry("x-should-retry", "false");
    }

    @Test
    @DisplayName("R10: out of time: 504 with x-should-retry: false")
    void outOfTime() {
        OpenAiError error = OpenAiError.outOfTime(Duration.ofSeconds(9));

        assertThat(error.status()).isEqualTo(504);
        assertThat(error.headers()).containsEntry("x-should-retry", "false");
    }

    @Test
    @DisplayName("R7, §5.1: the statuses and codes that the design names")
    void theNamedCodes() {
        assertThat(OpenAiError.credentialsRefused("m"))
                .extracting(OpenAiError::status, OpenAiError::code)
                .containsExactly(502, "upstream_auth_failed");
        assertThat(OpenAiError.deploymentNotFound("m"))
                .extracting(OpenAiError::status, OpenAiError::code)
                .containsExactly(404, "DeploymentNotFound");
        assertThat(OpenAiError.modelNotAllowed("m"))
                .extracting(OpenAiError::status, OpenAiError::code)
                .containsExactly(403, "model_not_allowed");
        assertThat(OpenAiError.forceRegionNotAllowed())
                .extracting(OpenAiError::status, OpenAiError::code)
                .containsExactly(403, "force_region_not_allowed");
        assertThat(OpenAiError.unknownRegion("mars", "m").status()).isEqualTo(400);
        assertThat(OpenAiError.bodyMissing().status()).isEqualTo(411);
        assertThat(OpenAiError.bodyTooLarge(20).status()).isEqualTo(413);
        assertThat(OpenAiError.invalidKey().status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void failedRegionsComeToTheStatusThatIsGiven(int status) {
        assertThat(OpenAiError.regionsFailed(status, "m").status()).isEqualTo(status);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"error\":{\"code\":\"429\",\"message\":\"x\"}}|true",
                "{\"x\":[1,{\"error\":1}],\"error\":{}}|true",
                "{\"error\":\"x\"}|false",
                "{\"error\":null}|false",
                "{\"x\":{\"error\":{}}}|false",
                "{ \"statusCode\": 500, \"message\": \"Internal server error\" }|false",
                "<html><body>500</body></html>|false",
                "[{\"error\":{}}]|false",
                "{\"error\":{\"code\":|false",
                "null|false",
                "7|false",
                "``|false",
            })
    @DisplayName("§5.1: whether a region's answer is in Azure's shape")
    void azuresShape(String body, boolean shape) {
        assertThat(OpenAiError.isShapeOf(body.getBytes(UTF_8))).isEqualTo(shape);
    }

    @Test
    void anAnswerOfTheRoutersOwnHasAzuresShape() {
        assertThat(OpenAiError.isShapeOf(OpenAiError.invalidKey().body())).isTrue();
    }

    @Test
    void aRegionsAnswerNestedVeryDeepDoesNoHarm() {
        String nested = "[".repeat(60_000);

        assertThat(OpenAiError.isShapeOf(nested.getBytes(UTF_8))).isFalse();
        assertThat(OpenAiError.isShapeOf(("{\"x\":" + nested).getBytes(UTF_8))).isFalse();
    }

    private static List<OpenAiError> everyErrorThatShows(String input) {
        return List.of(
                OpenAiError.deploymentNotFound(input),
                OpenAiError.modelNotAllowed(input),
                OpenAiError.noRegionInZone(input),
                OpenAiError.unknownRegion(input, input),
                OpenAiError.invalidHeader("x-router-timeout-ms", input, "a number"),
                OpenAiError.methodNotAllowed(input, "POST"),
                OpenAiError.throttled(input, Duration.ofSeconds(7)),
                OpenAiError.doesNotFit(input),
                OpenAiError.noRegionAvailable(input, Duration.ofSeconds(7)),
                OpenAiError.regionsFailed(502, input),
                OpenAiError.credentialsRefused(input));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> errorOf(OpenAiError error) throws IOException {
        byte[] body = error.body();
        assertUtf8(body);
        try (JsonReader json = JsonProviders.createReader(body)) {
            Map<String, Object> root = json.readMap(JsonReader::readUntyped);
            assertThat(root).containsOnlyKeys("error");
            return (Map<String, Object>) root.get("error");
        }
    }

    private static void assertUtf8(byte[] body) throws CharacterCodingException {
        UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
    }
}
