package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static io.github.regionrouter.testing.SettingsJson.caller;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.RawCaller;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that stop half-way, lie about themselves or never end, on the streaming host's sockets. */
final class BadBodiesTest extends RouterContract {

    private static final int MIB = 1024 * 1024;

    private static final String[] HEAD = {
        "POST " + Caller.CHAT + " HTTP/1.1", "Host: router.test", "Content-Type: application/json"
    };

    private final HandClock clock = new HandClock();
    private final SimulatedRegion east = region("eastus");
    private final SettingsJson settings = SettingsJson.model("gpt-4o", at(east));

    BadBodiesTest() {
        super(HostUnderTest.STREAMING);
    }

    private static String[] head(String... more) {
        List<String> lines = new ArrayList<>(Arrays.asList(HEAD));
        lines.addAll(List.of(more));
        return lines.toArray(String[]::new);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000", "Transfer-Encoding: chunked"})
    void aBodyThatStopsHalfWayReachesNoRegionAndHurtsNobody(String framing) throws Exception {
        Caller caller = start(settings, clock);
        byte[] half = ascii(framing.startsWith("Content") ? "{\"messages\":[" : "d\r\n{\"messages\":[\r\n");

        for (int i = 0; i < 30; i++) {
            try (RawCaller raw = new RawCaller(caller.router())) {
                raw.head(head(framing)).bytes(half);
            }
        }
        List<RawCaller> silent = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            silent.add(
                    closing(new RawCaller(caller.router())).head(head(framing)).bytes(half));
        }

        for (int i = 0; i < 10; i++) {
            caller.chat().isOk();
        }
        for (RawCaller raw : silent) {
            raw.close();
        }
        assertThat(east.log()).hasSize(10);
    }

    @Test
    void whatFollowsAShortLengthIsAnotherRequest() throws Exception {
        Caller caller = start(settings, clock);

        try (RawCaller raw = new RawCaller(caller.router())) {
            raw.head(head("Content-Length: " + Caller.CHAT_BODY.length()))
                    .bytes(ascii(Caller.CHAT_BODY + "GET /router/none HTTP/1.1\r\nHost: x\r\n\r\n"));
            raw.read().isOk();
            raw.read().isError(404, "404");
        }

        assertThat(east.log()).hasSize(1);
    }

    @Tag("server-refusals")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\n{}\r\n0\r\n\r\n",
                "-1\r\n{}\r\n",
                "ffffffffffffffff\r\n{}\r\n",
                "2{}\r\n0\r\n\r\n",
                "2\r\n{}xx\r\n0\r\n\r\n",
                "\r\n\r\n"
            })
    void chunksThatAreNoneAreRefusedInAzuresShape(String body) throws Exception {
        Caller caller = start(settings, clock);

        try (RawCaller raw = new RawCaller(caller.router())) {
            Reply reply = raw.head(head("Transfer-Encoding: chunked"))
                    .bytes(ascii(body))
                    .read();

            assertThat(reply.status()).as("%s", reply).isEqualTo(400);
            assertThat(reply.text()).startsWith("{\"error\":{\"code\":\"");
        }
        assertThat(east.log()).isEmpty();
        caller.chat().isOk();
    }

    @Tag("server-refusals")
    @ParameterizedTest
    @ValueSource(strings = {"extension", "trailer"})
    void chunksWithAnEndlessLineAreRefusedInAzuresShape(String place) throws Exception {
        Caller caller = start(settings, clock);
        String endless = "x".repeat(MIB);

        try (RawCaller raw = new RawCaller(caller.router())) {
            raw.head(head("Transfer-Encoding: chunked"));
            try {
                raw.bytes(ascii(
                        place.equals("extension")
                                ? "2;" + endless + "\r\n{}\r\n"
                                : "2\r\n{}\r\n0\r\nx: " + endless + "\r\n\r\n"));
            } catch (IOException closed) {
                // refused before it was sent
            }
            assertThat(raw.read().text()).startsWith("{\"error\":{\"code\":\"");
        }
        assertThat(east.log()).isEmpty();
    }

    @Test
    void chunksOverTheBoundAreRefusedInAzuresShape() throws Exception {
        Caller caller = start(settings, clock);
        byte[] chunk = ascii("100000\r\n" + " ".repeat(MIB) + "\r\n");

        try (RawCaller raw = new RawCaller(caller.router())) {
            raw.head(head("Transfer-Encoding: chunked"));
            for (int i = 0; i < 21; i++) {
                raw.bytes(chunk);
            }
            raw.bytes(ascii("0\r\n\r\n")).read().isError(413, "request_too_large");
        }
        assertThat(east.log()).isEmpty();
    }

    @Test
    void chunksWithoutEndAreCutOff() throws Exception {
        Caller caller = start(settings, clock);
        byte[] chunk = ascii("100000\r\n" + " ".repeat(MIB) + "\r\n");
        int sent = 0;

        try (RawCaller raw = new RawCaller(caller.router())) {
            raw.head(head("Transfer-Encoding: chunked"));
            while (sent < 400) {
                raw.bytes(chunk);
                sent++;
            }
        } catch (IOException closed) {
            // that is what should happen
        }

        assertThat(sent).as("MiB taken in").isLessThan(400);
        caller.chat().isOk();
        assertThat(east.log()).hasSize(1);
    }
}
