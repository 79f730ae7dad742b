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
import io.github.regionrouter.testing.WireRegion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What bad calls leave in memory: nothing to speak of, in the streaming host. */
final class BadMemoryTest extends RouterContract {

    private static final int MIB = 1024 * 1024;
    private static final int LONGEST_BODY = 20 * MIB;

    private static final String[] HEAD = {
        "POST " + Caller.CHAT + " HTTP/1.1", "Host: router.test", "Content-Type: application/json"
    };

    private final HandClock clock = new HandClock();
    private final SimulatedRegion east = region("eastus");
    private final SettingsJson settings = SettingsJson.model("gpt-4o", at(east));

    BadMemoryTest() {
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

    /** Bodies are bounded, but what a head promises is nothing yet, and nobody knows yet whose it is. */
    @Test
    void headsAloneCostNoMemory() throws Exception {
        Caller caller = start(settings.callers(caller("a", "key-a")), clock);
        caller.with("api-key", "key-a").chat().isOk();
        long before = used();

        List<RawCaller> silent = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            silent.add(closing(new RawCaller(caller.router()))
                    .head(head("Content-Length: " + LONGEST_BODY))
                    .bytes(ascii("{")));
        }
        for (int i = 0; i < 10; i++) { // by now the server has seen them: both event loops have answered
            caller.with("api-key", "key-a").chat().isOk();
        }

        assertThat(used() - before).as("bytes held for 30 bytes").isLessThan(100L * MIB);
        assertThat(silent).hasSize(30);
    }

    /** 20 × 19 MB at once: each is held once or twice, and after the answers not at all. */
    @Test
    void largeBodiesAreLetGoOf() throws Exception {
        Caller caller = start(settings, clock);
        caller.chat().isOk();
        long before = used();
        String body = Caller.CHAT_BODY.replace("one", "y".repeat(19 * MIB));

        List<CompletableFuture<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(caller.begin("/openai/deployments/o9/chat/completions?api-version=1", body));
        }
        for (CompletableFuture<Reply> call : calls) {
            call.get(30, TimeUnit.SECONDS).isError(404, "DeploymentNotFound");
        }
        caller.chat().isOk();

        assertThat(used() - before).as("bytes still held").isLessThan(60L * MIB);
        assertThat(east.log()).hasSize(2);
    }

    /** What the router remembers of failed calls is bounded in bytes, not in entries alone. */
    @Test
    void idsOfClientsAreNotHoardedAtAnyLength() throws Exception {
        Caller caller = start(settings, clock);
        caller.chat().isOk();
        long before = used();

        for (int i = 0; i < 1_500; i++) {
            Reply reply = caller.with("x-ms-client-request-id", i + "y".repeat(50_000))
                    .post("/openai/deployments/gpt-4o/none?api-version=1", "{}");
            assertThat(reply.status()).isGreaterThanOrEqualTo(400);
        }
        east.clearLog();

        assertThat(used() - before).as("bytes kept of 1,500 failed calls").isLessThan(40L * MIB);
    }

    /** The same for what a region calls its answers. */
    @Test
    void idsInAnswersAreNotHoardedAtAnyLength() throws Exception {
        AtomicInteger count = new AtomicInteger();
        WireRegion region = wireRegion((request, out) -> {
            String body = "{\"id\":\"" + count.incrementAndGet() + "y".repeat(MIB / 2) + "\"}";
            out.write(ascii("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body));
        });
        Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", region.endpoint())), clock);
        caller.chat().isOk();
        long before = used();

        for (int i = 0; i < 200; i++) {
            caller.post("/openai/v1/responses", "{\"model\":\"gpt-4o\",\"input\":\"x\"}")
                    .isOk();
        }

        assertThat(used() - before).as("bytes kept of 200 answers").isLessThan(40L * MIB);
    }

    @Test
    void aStormOfBadCallsLeavesNothingBehind() throws Exception {
        Caller caller = start(settings, clock);
        caller.chat().isOk();
        long before = used();
        String deep = "{\"x\":" + "[".repeat(1_000_000);
        String target = Caller.CHAT.replace("gpt-4o", "x".repeat(10_000));

        List<CompletableFuture<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            calls.add(i % 2 == 0 ? caller.begin(Caller.V1_CHAT, deep) : caller.begin(target, deep));
            try (RawCaller raw = new RawCaller(caller.router())) {
                raw.head(head("Content-Length: 1000000")).bytes(ascii("[".repeat(50_000)));
            }
        }
        for (int i = 0; i < 50; i++) {
            assertThat(calls.get(i).get(30, TimeUnit.SECONDS).status()).isEqualTo(i % 2 == 0 ? 400 : 404);
        }

        caller.chat().isOk();
        assertThat(used() - before).as("bytes still held").isLessThan(40L * MIB);
    }

    /** The heap in use when nothing is left to collect. */
    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
