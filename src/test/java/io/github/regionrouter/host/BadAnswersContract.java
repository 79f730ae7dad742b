package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import io.github.regionrouter.testing.WireRegion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of a region that are no answers: the next region is asked, and no other call is hurt (R6, R13). */
abstract class BadAnswersContract extends RouterContract {

    private static final String OK = "HTTP/1.1 200 OK";
    private static final String JSON = "Content-Type: application/json";
    private static final String RESPONSES = "/openai/v1/responses";

    private final HandClock clock = new HandClock();
    private final SimulatedRegion west = region("westus");

    BadAnswersContract(HostUnderTest host) {
        super(host);
    }

    private Caller behind(WireRegion.Script script) throws Exception {
        return start(
                SettingsJson.model("gpt-4o", at("eastus", wireRegion(script).endpoint()), at(west)), clock);
    }

    private static WireRegion.Script raw(String text) {
        return (request, out) -> {
            out.write(text.getBytes(ISO_8859_1));
            out.flush();
            throw new IOException("the end of the connection");
        };
    }

    /** Made once, since it takes a second. */
    private static final class Bomb {

        /** Half a megabyte that would be half a gigabyte. */
        static final byte[] BYTES = bytes();

        private static byte[] bytes() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes, 64 * 1024)) {
                byte[] megabyte = new byte[1024 * 1024];
                for (int i = 0; i < 512; i++) {
                    gzip.write(megabyte);
                }
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return bytes.toByteArray();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 OK", "400 Bad Request", "201 Created"})
    void aGzipBombPassesAsItCame(String status) throws Exception {
        byte[] bomb = Bomb.BYTES;
        Caller caller = behind(WireRegion.answering(bomb, "HTTP/1.1 " + status, JSON, "Content-Encoding: gzip"));

        for (String path : new String[] {Caller.CHAT, RESPONSES}) {
            Reply reply = caller.with("accept-encoding", "gzip").post(path, Caller.V1_CHAT_BODY);

            assertThat(reply.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
            assertThat(reply.header("content-encoding")).isEqualTo("gzip");
            assertThat(reply.body()).isEqualTo(bomb);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"429 Too Many Requests", "404 Not Found", "500 Internal Server Error", "503 Service Unavailable"
            })
    void aGzipBombIsAnAttemptThatFailed(String status) throws Exception {
        Caller caller = behind(WireRegion.answering(Bomb.BYTES, "HTTP/1.1 " + status, JSON, "Content-Encoding: gzip"));

        Reply reply = caller.chat().isOk();

        assertThat(reply.attempts())
                .isEqualTo("eastus;status=" + status.substring(0, 3) + ";next_region, westus;status=200;return");
    }

    @Test
    void aGzipBombInPlaceOfEventsIsAnAttemptThatFailed() throws Exception {
        Caller caller = behind(
                WireRegion.answering(Bomb.BYTES, OK, "Content-Type: text/event-stream", "Content-Encoding: gzip"));

        Reply reply = caller.post(Caller.CHAT, Caller.STREAM_BODY);

        // a bomb of over 256 KiB is committed before its end, as R11 says, and then breaks off in words
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).contains(reply.header("x-router-region").equals("westus") ? "[DONE]" : "\"error\"");
    }

    static Stream<Arguments> noHttp() {
        String endless = "x".repeat(100_000);
        return Stream.of(
                named("SSH", "SSH-2.0-OpenSSH_9.6\r\n"),
                named("TLS alert", "\u0015\u0003\u0001\u0000\u0002\u0002\u0016"),
                named("HTTP/0.9", "<html>hello</html>\r\n\r\n"),
                named("nothing", ""),
                named("line ends", "\r\n".repeat(50_000)),
                named("zeros", "\u0000".repeat(100_000)),
                named("an endless status line", "HTTP/1.1 200 " + endless),
                named("an endless header", OK + "\r\nx: " + endless),
                named("endless headers", OK + "\r\n" + "x-a: b\r\n".repeat(50_000)),
                named("a status of letters", "HTTP/1.1 abc OK\r\nContent-Length: 2\r\n\r\n{}"),
                named("a status below all", "HTTP/1.1 -1 OK\r\nContent-Length: 2\r\n\r\n{}"),
                named("another protocol", "RTSP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}"),
                named("a length of letters", OK + "\r\nContent-Length: two\r\n\r\n{}"),
                named("a length below zero", OK + "\r\nContent-Length: -2\r\n\r\n{}"),
                named("two lengths", OK + "\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
                named("half a head", OK + "\r\nContent-Ty"),
                named("a NUL in a header", OK + "\r\nx-a: b\u0000c\r\nContent-Length: 2\r\n\r\n{}"),
                named("a CR in a header", OK + "\r\nx-a: b\rset-cookie: c\r\nContent-Length: 2\r\n\r\n{}"),
                named("no colon", OK + "\r\nhello\r\nContent-Length: 2\r\n\r\n{}"));
    }

    private static Arguments named(String name, String value) {
        return Arguments.of(Named.of(name, value));
    }

    @ParameterizedTest
    @MethodSource("noHttp")
    void whatIsNoHttpIsAnAttemptThatFailed(String answer) throws Exception {
        Caller caller = behind(raw(answer));

        Reply reply = caller.chat().isOk();

        assertThat(reply.text()).contains("westus");
        assertThat(reply.attempts()).matches("eastus;status=\\d+;next_region, westus;status=200;return");
    }

    @ParameterizedTest
    @MethodSource("noHttp")
    void whatIsNoHttpAnywhereIsToldInWords(String answer) throws Exception {
        Caller caller = start(
                SettingsJson.model(
                        "gpt-4o", at("eastus", wireRegion(raw(answer)).endpoint())),
                clock);

        Reply reply = caller.chat();

        if (reply.status() != 502) { // a status that can be read is a region's answer (R6)
            assertThat(reply.text()).startsWith("{\"error\":{\"code\":");
        } else {
            reply.isError(502, "upstream_failed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-folded: a\r\n set-cookie: c", "x-folded: a\r\n\tx-router-region: evil"})
    void aFoldedHeaderBecomesNoOther(String header) throws Exception {
        Caller caller = behind(WireRegion.answering("{}".getBytes(ISO_8859_1), OK, JSON, header));

        Reply reply = caller.chat();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).doesNotContainKey("set-cookie");
        assertThat(reply.header("x-router-region")).isIn("eastus", "westus");
    }

    @Test
    void aRegionCannotSpeakInTheRoutersNameOrSetItsFraming() throws Exception {
        Caller caller = behind(WireRegion.answering(
                "{}".getBytes(ISO_8859_1),
                OK,
                JSON,
                "X-Router-Region: evil",
                "x-ROUTER-attempts: evil",
                "x-router-request-id: evil",
                "backend-service-url: https://evil",
                "Set-Cookie: a=b",
                "Connection: x-secret, close",
                "x-secret: evil",
                "Keep-Alive: timeout=evil",
                "Upgrade: evil",
                "Trailer: evil",
                "WWW-Authenticate: evil",
                "api-key: evil"));

        Reply reply = caller.chat().isOk();

        assertThat(reply.headers().toString().toLowerCase(Locale.ROOT)).doesNotContain("evil", "a=b");
    }
}
