package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static io.github.regionrouter.testing.SettingsJson.caller;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.Router;
import io.github.regionrouter.lab.simulator.RegionConfig;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.pipeline.RouterPipeline;
import io.github.regionrouter.settings.RouterSettings;
import io.github.regionrouter.settings.SettingsReader;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.RawCaller;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A caller who takes his time does not hold a connection and its memory for ever. */
final class SlowSendersTest {

    private final HandClock clock = new HandClock();
    private final SimulatedRegion east =
            SimulatedRegion.start(RegionConfig.named("eastus").apiKey(SettingsJson.keyOf("eastus")));
    private StreamingServer server;

    @BeforeEach
    void listen() throws Exception {
        String document = SettingsJson.model("gpt-4o", at(east))
                .callers(caller("team", "k1"))
                .toString();
        RouterSettings settings = new SettingsReader(name -> null).read(document);
        server = StreamingServer.start(
                Doors.to(Router.create(settings, RouterPipeline.transport(), context -> Mono.empty()), settings),
                "127.0.0.1",
                0,
                clock,
                line -> {});
    }

    @AfterEach
    void close() {
        server.close();
        east.close();
    }

    @Test
    void aSenderWhoFallsSilentIsCutOffAfterHalfAMinute() throws Exception {
        try (RawCaller raw = connected().head(head("api-key: k1"))) {
            awaitPauseTimer();
            clock.advance(Duration.ofSeconds(1)); // so that the next timer can be told from this one
            raw.bytes(new byte[] {'{'});
            awaitPauseTimer();
            clock.advance(RequestBody.LONGEST_PAUSE);

            Reply reply = raw.read().isError(408, "request_timeout");
            assertThat(reply.header("connection")).isEqualTo("close");
            assertThat(raw.read(new byte[1])).isEqualTo(-1);
        }
        assertThat(east.log()).isEmpty();
    }

    @Test
    void aSenderWhoTricklesIsCutOffWithTheLongestCall() throws Exception {
        Duration step = Duration.ofSeconds(20);
        try (RawCaller raw = connected().head(head("api-key: k1"))) {
            awaitPauseTimer();
            for (Duration past = step; past.compareTo(RequestBody.LONGEST_TIME) <= 0; past = past.plus(step)) {
                clock.advance(step);
                raw.bytes(new byte[] {' '});
                awaitPauseTimer();
            }
            clock.advance(step);
            raw.bytes(new byte[] {' '});

            raw.read().isError(408, "request_timeout");
        }
    }

    @Test
    void aStrangersBodyIsNotWaitedFor() throws Exception {
        try (RawCaller raw = connected().head(head("api-key: wrong"))) {
            raw.read().isError(401, "401");
        }
    }

    @Test
    void aStrangersBodyDoesNotSpoilTheConnection() throws Exception {
        byte[] body = new byte[100_000];
        Arrays.fill(body, (byte) ' ');
        try (RawCaller raw = connected()) {
            raw.head("POST " + Caller.CHAT + " HTTP/1.1", "Host: router.test", "Content-Length: " + body.length)
                    .bytes(body);
            raw.read().isError(401, "401");
            raw.post(Caller.CHAT, Caller.CHAT_BODY, "api-key: k1").read().isOk();
        }
    }

    private RawCaller connected() throws Exception {
        return new RawCaller(URI.create("http://127.0.0.1:" + server.port()));
    }

    private static String[] head(String key) {
        return new String[] {
            "POST " + Caller.CHAT + " HTTP/1.1",
            "Host: router.test",
            "Content-Type: application/json",
            "Content-Length: 100",
            key
        };
    }

    private void awaitPauseTimer() throws InterruptedException {
        clock.awaitTimer(RequestBody.LONGEST_PAUSE, RequestBody.LONGEST_PAUSE);
    }
}
