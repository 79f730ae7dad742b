package io.github.regionrouter.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamEventTest {

    @Test
    void severalLinesOfDataAreJoinedByLineFeeds() {
        assertThat(event("data: a\ndata:b\r\ndata\rdata:  c\n\n").data()).isEqualTo("a\nb\n\n c");
    }

    @Test
    void theLastNameCountsAndAnEmptyOneIsNone() {
        assertThat(event("event: a\nevent:b\ndata: x\n\n").name()).isEqualTo("b");
        assertThat(event("event: a\nevent:\ndata: x\n\n").name()).isNull();
        assertThat(event("data: x\n\n").name()).isNull();
    }

    @Test
    void commentsAndOtherFieldsSayNothing() {
        StreamEvent event = event(": keepalive\nid: 7\nretry: 3000\nDATA: a\ndatabase: b\n\n");

        assertThat(event.data()).isEmpty();
        assertThat(event.name()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: [DONE]\n\n",
                "data:[DONE]\r\n\r\n",
                "event: done\ndata:  [DONE] \n\n",
                "data: [DONE]\ndata:\n\n"
            })
    void doneIsSeen(String raw) {
        assertThat(event(raw).isDone()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: [DONE\n\n", "data: \"[DONE]\"\n\n", ": [DONE]\n\n", "event: [DONE]\n\n", "\n"})
    void whatOnlyLooksLikeDoneIsNot(String raw) {
        assertThat(event(raw).isDone()).isFalse();
    }

    @Test
    void theSequenceNumberIsReadWhereItCanBe() {
        assertThat(event("data: {\"a\":{\"sequence_number\":3},\"sequence_number\":41}\n\n")
                        .sequenceNumber())
                .isEqualTo(41);
        for (String data :
                new String[] {"", "[1]", "{\"sequence_number\":1e3}", "{\"sequence_number\":{}}", "{\"sequence_number"
                }) {
            assertThat(event("data: " + data + "\n\n").sequenceNumber()).isEqualTo(-1);
        }
        assertThat(event("data: {\"sequence_number\":" + "9".repeat(5000) + "}\n\n")
                        .sequenceNumber())
                .isEqualTo(-1);
    }

    @Test
    void itsTextFormHasNoDataInIt() {
        assertThat(event("event: e\ndata: {\"secret\":1}\n\n")).hasToString("WHOLE event of 29 bytes, name=e");
    }

    @Test
    void hugeEventsAreReadInLinearTime() {
        String lines = "data:\n".repeat(2 << 20) + "\n";
        String string = "data: {\"choices\":[{\"delta\":{\"content\":\"" + "\\u0041".repeat(2 << 20) + "\"}}]}\n\n";
        String deep = "data: {\"choices\":" + "[".repeat(10 << 20) + "\n\n";

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(event(lines).data()).hasSize((2 << 20) - 1);
            assertThat(StreamFamily.CHAT.meaning(event(string))).isEqualTo(Meaning.CONTENT);
            assertThat(StreamFamily.CHAT.meaning(event(deep))).isEqualTo(Meaning.CONTENT);
        });
    }

    static StreamEvent event(String raw) {
        return new EventSplitter(64 << 20)
                .feed(ByteBuffer.wrap(raw.getBytes(UTF_8)))
                .get(0);
    }
}
