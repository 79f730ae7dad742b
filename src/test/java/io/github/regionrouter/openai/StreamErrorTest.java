package io.github.regionrouter.openai;

import static io.github.regionrouter.openai.StreamEventTest.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Design §5.1: a rate-limit code inside a stream's first error cools like a 429; an overloaded model is a failure. */
class StreamErrorTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            true  | {"error":{"code":"429","message":"x"}}
            true  | {"error":{"code":429,"message":"x"}}
            true  | {"error":{"code":"RateLimitReached","message":"x"}}
            true  | {"error":{"code":"rate_limit_exceeded","message":"x"}}
            true  | {"error":{"code":"too_many_requests","message":"x"}}
            true  | {"error":{"type":"rate_limit_error","message":"x"}}
            true  | {"error":{"message":"Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-05-01-preview have exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry after 52 seconds."}}
            true  | {"error":{"message":"Rate limit is exceeded. Try again in 2 seconds."}}
            true  | {"type":"response.failed","response":{"error":{"code":"rate_limit_exceeded","message":"x"}}}
            true  | {"type":"error","code":"too_many_requests","message":"x"}
            false | {"error":{"message":"That model is currently overloaded with other requests.","type":"server_error","param":null,"code":null}}
            false | {"error":{"message":"The system is currently experiencing high demand and cannot process your request. Your request exceeds the maximum usage size allowed during peak load.","type":"server_error","code":null}}
            false | {"type":"response.failed","response":{"error":{"code":"server_error","message":"x"}}}
            false | {"error":{"code":"context_length_exceeded","message":"too long"}}
            false | {"error":{"type":"overloaded_error","message":"Overloaded"}}
            false | {"error":{}}
            """, delimiter = '|', quoteCharacter = '\0')
    void throttlingIsToldByItsCodeOrItsSentence(boolean throttling, String data) {
        StreamError error = StreamFamily.RESPONSES.error(event("data: " + data + "\n\n"));

        assertThat(error).isNotNull();
        assertThat(error.isThrottling()).isEqualTo(throttling);
    }

    @Test
    void codeMessageAndTypeAreReadWhereverTheyStand() {
        assertThat(error("{\"type\":\"error\",\"code\":\"c\",\"message\":\"m\"}"))
                .isEqualTo(new StreamError("c", "m", null));
        assertThat(
                        error(
                                "{\"type\":\"error\",\"error\":{\"innererror\":{\"code\":\"x\"},\"type\":\"t\",\"code\":\"c\",\"message\":\"m\"}}"))
                .isEqualTo(new StreamError("c", "m", "t"));
        assertThat(error(
                        "{\"type\":\"response.failed\",\"response\":{\"id\":\"r\",\"output\":[{\"error\":{\"code\":\"x\"}}],"
                                + "\"error\":{\"code\":\"c\",\"message\":\"m\"},\"usage\":null}}"))
                .isEqualTo(new StreamError("c", "m", null));
        assertThat(error("{\"error\":\"m\"}").text()).isEqualTo("m");
        assertThat(error("{\"error\":{\"code\":\"c\"}}").text()).isEmpty();
    }

    @Test
    void anErrorEventHasTheShapeOfItsFamily() {
        assertThat(sent(StreamFamily.CHAT))
                .isEqualTo("data: {\"error\":{\"message\":\"a \\\"b\\\"\\nc\",\"type\":\"server_error\",\"param\":null,"
                        + "\"code\":\"upstream_stream_interrupted\"}}\n\n");
        assertThat(sent(StreamFamily.OTHER)).isEqualTo(sent(StreamFamily.CHAT));
        assertThat(sent(StreamFamily.RESPONSES))
                .isEqualTo("event: error\ndata: {\"type\":\"error\",\"code\":\"upstream_stream_interrupted\","
                        + "\"message\":\"a \\\"b\\\"\\nc\",\"param\":null,\"sequence_number\":7}\n\n");
        assertThat(sent(StreamFamily.ANTHROPIC))
                .isEqualTo("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\","
                        + "\"message\":\"a \\\"b\\\"\\nc\"}}\n\n");
        assertThat(new String(StreamFamily.ANTHROPIC.errorEvent("overloaded_error", "m", 0), UTF_8))
                .contains("{\"type\":\"overloaded_error\"");
    }

    @Test
    void anErrorEventIsReadAsOne() {
        for (StreamFamily family :
                new StreamFamily[] {StreamFamily.CHAT, StreamFamily.RESPONSES, StreamFamily.ANTHROPIC}) {
            StreamError error = family.error(event(sent(family)));
            assertThat(error).isNotNull();
            assertThat(error.message()).isEqualTo("a \"b\"\nc");
        }
    }

    private static StreamError error(String data) {
        return StreamFamily.RESPONSES.error(event("data: " + data + "\n\n"));
    }

    private static String sent(StreamFamily family) {
        return new String(family.errorEvent("upstream_stream_interrupted", "a \"b\"\nc", 7), UTF_8);
    }
}
