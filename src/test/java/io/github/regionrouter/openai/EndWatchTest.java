package io.github.regionrouter.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R11: a stream that breaks off looks like one that ends. */
class EndWatchTest {

    private static final String HI = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n";
    private static final String STOP =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String USAGE = "data: {\"choices\":[],\"usage\":{\"total_tokens\":3}}\n\n";
    private static final String ERROR = "data: {\"error\":{\"message\":\"x\"}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    @ParameterizedTest
    @CsvSource({
        "true,  HI STOP USAGE DONE",
        "true,  HI DONE",
        "true,  HI STOP",
        "true,  HI STOP USAGE",
        "false, HI",
        "false, ''",
        "false, STOP HI",
        "true,  STOP HI STOP",
        "true,  STOP HI DONE",
        "false, HI ERROR",
        "false, HI ERROR DONE",
        "false, HI USAGE",
    })
    void aChatEndsWithDoneOrAFinishReasonBehindWhichNoContentComes(boolean properly, String events) {
        String stream = events.replace("HI", HI)
                .replace("STOP", STOP)
                .replace("USAGE", USAGE)
                .replace("ERROR", ERROR)
                .replace("DONE", DONE)
                .replace("\n ", "\n");

        assertThat(ended(StreamFamily.CHAT, stream)).isEqualTo(properly);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            true  | CHAT      | data: [DONE]
            true  | CHAT      | data: {"choices":[{"finish_reason":"stop"}]}
            false | CHAT      | data: {"choices":[{"finish_reason":"stop"}]
            false | CHAT      | data: [DON
            true  | RESPONSES | event: response.completed~data: {"type":"response.completed"}~
            true  | RESPONSES | event: response.failed~data: {"type":"response.failed"}~~
            true  | RESPONSES | data: {"type":"response.incomplete"}~~
            false | RESPONSES | event: response.completed~data: {"type":"response.comple
            false | RESPONSES | event: response.completed~
            false | RESPONSES | event: error~data: {"type":"error","code":"x"}~~
            true  | ANTHROPIC | event: message_stop~data: {"type":"message_stop"}~~
            false | ANTHROPIC | event: message_delta~data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}~~
            false | ANTHROPIC | event: message_stop~
            true  | OTHER     | data: {"type":"transcript.text.done"}~~
            false | OTHER     | data: {"type":"transcript.text.delta"}~~data: {"type"
            true  | OTHER     | data: [DONE]
            """, delimiter = '|', quoteCharacter = '\0')
    void anUnfinishedEndCountsIfItsDataIsWhole(boolean properly, StreamFamily family, String stream) {
        assertThat(ended(family, "data: {\"type\":\"x\"}\n\n" + stream.replace("~", "\n")))
                .isEqualTo(properly);
    }

    @Test
    void aLargeStreamIsJudgedInLinearTime() {
        String stream = HI.repeat(200_000) + "data: {\"x\":\"" + "y".repeat(8 << 20) + "\"}\n\n" + DONE;

        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(ended(StreamFamily.CHAT, stream)).isTrue());
    }

    private static boolean ended(StreamFamily family, String stream) {
        return family.endedProperly(stream.getBytes(UTF_8));
    }
}
