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
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are longer or shorter than they say, never end or fall silent (R6, R10). */
abstract class BadLengthsContract extends RouterContract {

    private static final String OK = "HTTP/1.1 200 OK";
    private static final String JSON = "Content-Type: application/json";
    private static final String RESPONSES = "/openai/v1/responses";

    private final HandClock clock = new HandClock();
    private final SimulatedRegion west = region("westus");

    BadLengthsContract(HostUnderTest host) {
        super(host);
    }

    private Caller behind(WireRegion.Script script) throws Exception {
        return start(
                SettingsJson.model("gpt-4o", at("eastus", wireRegion(script).endpoint()), at(west)), clock);
    }

    /** The bytes behind an answer belong to nobody: not to the next caller on that connection either. */
    @ParameterizedTest
    @ValueSource(ints = {200, 204, 304, 400, 404, 429, 503})
    void bytesBehindAnAnswerPoisonNoOther(int status) throws Exception {
        String poison = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"p\":666}";
        Caller caller = start(
                SettingsJson.model(
                                "gpt-4o",
                                at(
                                        "eastus",
                                        wireRegion((request, out) -> {
                                                    String own = "{\"path\":\""
                                                            + request.head().split(" ", 3)[1] + "\"}";
                                                    out.write(("HTTP/1.1 " + status + " X\r\n" + JSON
                                                                    + "\r\nContent-Length: " + own.length() + "\r\n\r\n"
                                                                    + own + poison)
                                                            .getBytes(ISO_8859_1));
                                                })
                                                .endpoint()))
                        .retry("\"maxWaitSeconds\":0"),
                clock);

        for (int i = 0; i < 10; i++) {
            Reply reply;
            try (RawCaller raw = new RawCaller(caller.router())) {
                reply = raw.post(Caller.CHAT + "&i=" + i, Caller.CHAT_BODY).read();
            }
            assertThat(reply.text()).as("%s", reply).doesNotContain("666").doesNotContain("&i=" + (i - 1));
            clock.advance(Duration.ofMinutes(6));
        }
    }

    @Test
    void manyContinuesBeforeAnAnswerAreNoAnswer() throws Exception {
        Caller caller = behind(WireRegion.answering(
                "{}".getBytes(ISO_8859_1), "HTTP/1.1 100 Continue\r\n\r\n".repeat(2_000) + OK, JSON));

        Reply reply = caller.chat();

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text())
                .satisfiesAnyOf(
                        text -> assertThat(text).isEqualTo("{}"),
                        text -> assertThat(text).contains("westus"));
    }

    /** R10: whoever is at fault, nothing outlasts its deadline. */
    @ParameterizedTest
    @ValueSource(strings = {"400 Bad Request", "413 Payload Too Large", "200 OK"})
    void aBodyThatFallsSilentDoesNotOutlastTheDeadline(String status) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        WireRegion east = wireRegion((request, out) -> {
            half(out, status);
            over.await(60, TimeUnit.SECONDS);
        });
        Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", east.endpoint())), clock);
        try {
            CompletableFuture<?> reply = caller.with("x-router-timeout-ms", "5000")
                    .beginChat()
                    .handle((answer, broken) -> 0); // a body cut short is an end, too
            east.awaitLog(1);
            for (int i = 0; i < 300 && !reply.isDone(); i++) {
                clock.advance(Duration.ofSeconds(2));
                reply.copy().completeOnTimeout(null, 20, TimeUnit.MILLISECONDS).join();
            }

            assertThat(reply).as("after ten minutes").isDone();
        } finally {
            over.countDown();
        }
    }

    private static void half(OutputStream out, String status) throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\n" + JSON + "\r\nContent-Length: 100\r\n\r\n{\"error\":{\"code\":\"x\"")
                .getBytes(ISO_8859_1));
        out.flush();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"429 Too Many Requests", "503 Service Unavailable", "404 Not Found", "500 Internal Server Error"
            })
    void anEndlessBodyOfAFailureIsNotRead(String status) throws Exception {
        Caller caller = behind((request, out) -> {
            out.write(("HTTP/1.1 " + status + "\r\n" + JSON + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(ISO_8859_1));
            endless(out);
        });

        Reply reply = caller.chat().isOk();

        assertThat(reply.text()).contains("westus");
    }

    /** Ends when the router closes: then writing fails. */
    private static void endless(OutputStream out) throws IOException {
        byte[] chunk = ("10000\r\n" + "y".repeat(65_536) + "\r\n").getBytes(ISO_8859_1);
        for (int i = 0; i < 16_384; i++) { // a gibibyte at most
            out.write(chunk);
        }
    }

    /** The streaming host has to hold a JSON answer that may name state (R12); the worker host holds every answer. */
    @Test
    void anAnswerOverTheBoundIsToldInWords() throws Exception {
        WireRegion east = wireRegion((request, out) -> {
            out.write((OK + "\r\n" + JSON + "\r\nTransfer-Encoding: chunked\r\n\r\n").getBytes(ISO_8859_1));
            endless(out);
        });
        Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", east.endpoint())), clock);

        Reply reply = caller.post(RESPONSES, "{\"model\":\"gpt-4o\",\"input\":\"x\",\"store\":false}");

        reply.isError(502, "upstream_answer_broken");
        assertThat(east.log()).hasSize(1);
    }

    @Test
    void aLargeAnswerIsNoFaultOfTheRegions() throws Exception {
        byte[] large = ("[" + "0,".repeat(33 * 1024 * 1024) + "0]").getBytes(ISO_8859_1);
        WireRegion east = wireRegion(WireRegion.answering(large, OK, JSON));
        Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", east.endpoint()), at(west)), clock);

        Reply reply = caller.send("GET", "/openai/v1/files/file-1/content", BodyPublishers.noBody());

        if (reply.status() == 200) {
            assertThat(reply.body()).hasSize(large.length);
        } else {
            reply.isError(502, "upstream_answer_broken");
        }
        assertThat(east.log()).as("reading it again would not help").hasSize(1);
        assertThat(west.log()).isEmpty();
    }
}
