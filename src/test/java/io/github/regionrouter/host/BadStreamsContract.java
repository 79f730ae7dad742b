package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.RawCaller;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import io.github.regionrouter.testing.WireRegion;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R11 and R13: events that strain a reader pass byte for byte, or end in words. */
abstract class BadStreamsContract extends RouterContract {

    private static final String ROLE = "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}\n\n";
    private static final String WORD = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"one\"}}]}\n\n";
    private static final String DONE = "data: [DONE]\n\n";
    private static final int LINE = 10 * 1024 * 1024;

    private final HandClock clock = new HandClock();
    private final SimulatedRegion west = region("westus");

    BadStreamsContract(HostUnderTest host) {
        super(host);
    }

    private static Arguments named(String name, String stream) {
        return Arguments.of(Named.of(name, stream));
    }

    private static WireRegion.Script streaming(String stream) {
        return WireRegion.answering(stream.getBytes(ISO_8859_1), "HTTP/1.1 200 OK", "Content-Type: text/event-stream");
    }

    private Caller behind(WireRegion.Script script) throws Exception {
        return start(
                SettingsJson.model("gpt-4o", at("eastus", wireRegion(script).endpoint()), at(west)), clock);
    }

    static Stream<Arguments> oddButWhole() {
        return Stream.of(
                named(
                        "a line of 10 MB before content",
                        ROLE + "data: {\"x\":\"" + "y".repeat(LINE) + "\"}\n\n" + WORD + DONE),
                named(
                        "a line of 10 MB after content",
                        WORD + "data: {\"x\":\"" + "y".repeat(LINE) + "\"}\n\n" + WORD + DONE),
                named("a line of 10 MB as content", ROLE + WORD.replace("one", "y".repeat(LINE)) + DONE),
                named("100,000 comments", ": ping\n\n".repeat(100_000) + WORD + DONE),
                named("100,000 comment lines", ": ping\n".repeat(100_000) + WORD + DONE),
                named("100,000 events after content", WORD.repeat(100_000) + DONE),
                named("a million empty lines", "\n".repeat(1_000_000) + WORD + DONE),
                named("an event of 100,000 data lines", WORD + "data: x\n".repeat(100_000) + "\n" + DONE),
                named("invalid UTF-8", WORD.replace("one", "\u00ff\u00c3(\u00ed\u00a0\u0080") + WORD + DONE),
                named("invalid UTF-8 in names", WORD + "ev\u00ff: \u00fe\n\n" + DONE),
                named("NUL", WORD.replace("one", "\u0000") + "\u0000\n\n" + DONE),
                named("JSON 10,000 deep, first", ROLE + "data: " + "{\"a\":".repeat(10_000) + "\n\n" + WORD + DONE),
                named("braces, 10,000", WORD + "data: " + "{".repeat(10_000) + "\n\n" + DONE),
                named("brackets, 100,000", ROLE + "data: " + "[".repeat(100_000) + "\n\n" + WORD + DONE),
                named("choices 10,000 deep", "data: {\"choices\":" + "[".repeat(10_000) + "\n\n" + WORD + DONE),
                named(
                        "a delta 900 deep",
                        "data: {\"choices\":[{\"delta\":{\"x\":" + "[".repeat(900) + "]".repeat(900) + "}}]}\n\n" + WORD
                                + DONE),
                named(
                        "a number of 100,000 digits",
                        "data: {\"choices\":[{\"index\":" + "1".repeat(100_000) + "}]}\n\n" + WORD + DONE),
                named("CR alone", (ROLE + WORD + DONE).replace("\n", "\r")),
                named("CRLF", (ROLE + WORD + DONE).replace("\n", "\r\n")),
                named("line ends of each kind", ROLE.replace("\n", "\r") + WORD.replace("\n", "\r\n") + DONE),
                named("a byte order mark", "\u00ef\u00bb\u00bf" + ROLE + WORD + DONE),
                named("a byte order mark before [DONE] alone", WORD + "\u00ef\u00bb\u00bf" + "\n\n" + DONE),
                named("no space behind the colon", (ROLE + WORD + DONE).replace("data: ", "data:")),
                named("no empty line at the end", ROLE + WORD + DONE.trim()),
                named("retry of a century", "retry: 3155760000000\n\n" + WORD + DONE));
    }

    @ParameterizedTest
    @MethodSource("oddButWhole")
    void anOddStreamPassesByteForByte(String stream) throws Exception {
        Caller caller = behind(streaming(stream));

        Reply reply = caller.post(Caller.CHAT, Caller.STREAM_BODY);

        assertThat(reply.attempts()).isEqualTo("eastus;status=200;return");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(new String(reply.body(), ISO_8859_1).equals(stream))
                .as("byte for byte")
                .isTrue();
    }

    static Stream<Arguments> worthless() {
        return Stream.of(
                named("nothing", ""),
                named("comments alone", ": ping\n\n".repeat(10)),
                named("empty lines alone", "\n".repeat(50)),
                named("a byte order mark alone", "\u00ef\u00bb\u00bf"),
                named("a role and no more", ROLE),
                named("half an event", "data: {\"choices\":[{\"index\":0,\"del"),
                named("an HTML page", "<html><body>Service Unavailable</body></html>\n"),
                named("a JSON error", "{\"error\":{\"code\":\"429\",\"message\":\"slow down\"}}"),
                named("an error first", "data: {\"error\":{\"code\":\"server_error\",\"message\":\"x\"}}\n\n" + DONE),
                named(
                        "an error with a depth",
                        "event: error\ndata: {\"error\":" + "{\"a\":".repeat(10_000) + "\n\n" + DONE));
    }

    @ParameterizedTest
    @MethodSource("worthless")
    void aStreamWithoutContentOrEndIsAnAttemptThatFailed(String stream) throws Exception {
        Caller caller = behind(streaming(stream));

        Reply reply = caller.post(Caller.CHAT, Caller.STREAM_BODY).isOk();

        assertThat(reply.attempts()).isEqualTo("eastus;status=200;next_region, westus;status=200;return");
        assertThat(reply.text()).contains("westus").endsWith(DONE);
    }

    static Stream<Arguments> cutInAnEvent() {
        return Stream.of(
                named("in a small one", WORD + "data: {\"choices\":[{\"ind"),
                named("in one of 1 MB", WORD + "data: {\"x\":\"" + "y".repeat(1024 * 1024)),
                named("behind a line end", WORD + "data: {\"x\":\"" + "y".repeat(1024 * 1024) + "\"}\n"),
                named(
                        "in one of 1 MB, by CRLF",
                        WORD.replace("\n", "\r\n") + "data: {\"x\":\"" + "y".repeat(1024 * 1024)),
                named("in a comment of 1 MB", WORD + ": " + "y".repeat(1024 * 1024)));
    }

    /** R11: after the commit an error event ends a cut stream; glued to half an event, no client would see it. */
    @ParameterizedTest
    @MethodSource("cutInAnEvent")
    void aStreamThatIsCutEndsInAnErrorThatCanBeRead(String start) throws Exception {
        Caller caller = behind((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .getBytes(ISO_8859_1));
            out.write((Integer.toHexString(start.length()) + "\r\n" + start + "\r\n").getBytes(ISO_8859_1));
            out.flush();
            throw new IOException("cut");
        });

        Reply reply = caller.post(Caller.CHAT, Caller.STREAM_BODY).isOk();

        if ("westus".equals(reply.header("x-router-region"))) { // the worker host had it whole and asked elsewhere
            assertThat(reply.text()).endsWith(DONE);
            return;
        }
        String text = reply.text();
        assertThat(text).doesNotContain("[DONE]");
        String[] events = text.split("\r?\n\r?\n", -1);
        assertThat(events[events.length - 1]).as("behind the last event").isEmpty();
        String last = events[events.length - 2];
        assertThat(last.substring(0, Math.min(60, last.length()))).startsWith("data: {\"error\":");
    }

    /** What the router changes is no longer as long as the region said. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLengthIsNotKeptWhenTheEndIsTheRouters(boolean cut) throws Exception {
        String stream = ROLE + WORD + "data: {\"choices\":[{\"ind";
        Caller caller = behind((request, out) -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: "
                            + (stream.length() + (cut ? 1_000 : 0)) + "\r\n\r\n" + stream)
                    .getBytes(ISO_8859_1));
            out.flush();
            if (cut) {
                throw new IOException("cut");
            }
        });

        try (RawCaller raw = new RawCaller(caller.router())) {
            Reply reply = raw.post(Caller.CHAT, Caller.STREAM_BODY).read().isOk();
            assertThat(reply.text()).containsAnyOf("data: {\"error\":", "westus");
            raw.post(Caller.CHAT, Caller.CHAT_BODY).readHead(); // the connection is still in step
        }
    }

    /** An event without end: the streaming host lets it flow, the worker host has a bound. */
    @Test
    void anEventWithoutEndNeedsNoMemory() throws Exception {
        Caller caller = behind((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .getBytes(ISO_8859_1));
            byte[] chunk = ("100000\r\n" + "data: y\n".repeat(131_072) + "\r\n").getBytes(ISO_8859_1);
            for (int i = 0; i < 80; i++) {
                out.write(chunk);
            }
            out.write("0\r\n\r\n".getBytes(ISO_8859_1));
        });

        Reply reply = caller.post(Caller.CHAT, Caller.STREAM_BODY);

        if (reply.status() == 200) {
            assertThat(reply.body().length).isGreaterThan(79 * 1024 * 1024); // a half event at the end is of no use
            assertThat(reply.text().substring(79 * 1024 * 1024)).contains("data: {\"error\":");
        } else {
            reply.isError(502, "upstream_answer_broken");
        }
    }
}
