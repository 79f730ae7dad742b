package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static io.github.regionrouter.testing.SettingsJson.keyOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.Ending;
import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.lab.simulator.RegionConfig;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.RawCaller;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import io.github.regionrouter.testing.WireRegion;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R11 in both hosts, and where they differ: once there was content, one passes it on and the other still starts again. */
final class LateCommitTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Nested
    final class InTheStreamingHost extends LateCommitContract {

        InTheStreamingHost() {
            super(HostUnderTest.STREAMING);
        }

        @ParameterizedTest
        @ValueSource(strings = {"cut", "end", "reset"})
        void aChatThatBreaksAfterContentEndsWithAnError(String kind) throws Exception {
            Caller caller = start(both, clock);
            east.faults().add(breaking(kind));

            Reply reply = stream(caller, "chat").isOk();

            // a reset may take what was not yet read with it; then it broke before content
            if (!kind.equals("reset")) {
                assertThat(reply.attempts()).isEqualTo("eastus;status=200;return");
                assertThat(reply.text()).contains("eastus").doesNotContain("[DONE]", "westus");
                assertThat(lastEvent(reply))
                        .startsWith("data: {\"error\":{\"message\":\"")
                        .contains(
                                "\"type\":\"server_error\",\"param\":null,\"code\":\"upstream_stream_interrupted\"}}");
                assertThat(west.log()).isEmpty();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"cut", "end"})
        void aResponseThatBreaksAfterContentEndsWithANumberedError(String kind) throws Exception {
            Caller caller = start(both, clock);
            east.faults().add(breaking(kind));

            Reply reply = stream(caller, "responses").isOk();

            assertThat(reply.text()).contains("eastus").doesNotContain("response.completed", "westus", "[DONE]");
            assertThat(lastEvent(reply))
                    .startsWith("event: error\ndata: {\"type\":\"error\",\"code\":\"upstream_stream_interrupted\"")
                    .contains("\"param\":null,\"sequence_number\":8}");
        }

        @ParameterizedTest
        @CsvSource({"chat, data: {\"error\":{", "responses, event: error"})
        void aStallAfterContentEndsWithAnError(String family, String beginning) throws Exception {
            Caller caller = start(both.retry("\"idleTimeoutSeconds\":1"), clock);
            east.faults().add(Fault.stallStream(8));
            HttpResponse<InputStream> answer = family.equals("chat")
                    ? caller.open(Caller.CHAT, Caller.STREAM_BODY)
                    : caller.open(RESPONSES, RESPONSES_STREAM);

            CompletableFuture<String> rest = CompletableFuture.supplyAsync(() -> {
                try (InputStream in = answer.body()) {
                    return new String(in.readAllBytes(), UTF_8);
                } catch (IOException broken) {
                    return "broken: " + broken;
                }
            });
            for (int i = 0; i < 100 && !rest.isDone(); i++) {
                clock.advance(Duration.ofMillis(500));
                rest.copy().completeOnTimeout("", 20, TimeUnit.MILLISECONDS).get();
            }

            String text = rest.get(5, TimeUnit.SECONDS);
            assertThat(text).contains("eastus").doesNotContain("[DONE]", "westus");
            assertThat(text.substring(text.lastIndexOf("\n\n", text.length() - 3) + 2))
                    .startsWith(beginning);
            assertThat(east.log().get(0).ending().get(5, TimeUnit.SECONDS)).isEqualTo(Ending.CANCELLED);
        }

        @Test
        void aPieceOfAnEventIsNotFollowedByTheErrorOnItsLine() throws Exception {
            WireRegion region = wireRegion((request, out) -> {
                out.write(("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + ROLE
                                + WORD + WORD.substring(0, 30))
                        .getBytes(UTF_8));
                out.flush();
                throw new IOException("over");
            });
            Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", region.endpoint())), clock);

            Reply reply = stream(caller, "chat").isOk();

            assertThat(reply.text()).contains("\n\ndata: {\"error\":{").doesNotContain("[DONE]");
        }

        @Test
        void anErrorOfTheRegionsAfterContentPassesAsTheLastEvent() throws Exception {
            Caller caller = start(both, clock);
            east.faults().add(Fault.errorEvent(5, RATE_LIMIT));

            Reply reply = stream(caller, "chat").isOk();

            assertThat(lastEvent(reply)).isEqualTo("data: " + RATE_LIMIT);
            assertThat(reply.text()).doesNotContain("upstream_stream_interrupted", "[DONE]");
            assertThat(west.log()).isEmpty();
        }

        @Test
        void theFirstContentHasALimitOfItsOwn() throws Exception {
            Caller caller = start(both.retry("\"firstEventTimeoutSeconds\":1"), clock);
            east.faults().add(Fault.slowFirstToken(Duration.ofSeconds(20)));

            CompletableFuture<Reply> reply = caller.begin(Caller.CHAT, Caller.STREAM_BODY);
            east.awaitLog(1, SOON);
            clock.awaitTimer(Duration.ofMillis(900), Duration.ofSeconds(1));
            clock.advance(Duration.ofSeconds(1));

            Reply answer = reply.get(10, TimeUnit.SECONDS);
            isWhole(answer, "chat");
            assertThat(answer.attempts()).matches("eastus;status=(0|200);next_region, westus;status=200;return");
            assertThat(east.log().get(0).ending().get(5, TimeUnit.SECONDS)).isEqualTo(Ending.CANCELLED);
        }

        @Test
        void theLimitOfTheFirstContentDoesNotEndAStreamThatFlows() throws Exception {
            SimulatedRegion slow =
                    region(RegionConfig.named("slow").apiKey(keyOf("slow")).tokenDelay(Duration.ofMillis(20)));
            Caller caller = start(
                    SettingsJson.model("gpt-4o", at(slow))
                            .retry("\"firstEventTimeoutSeconds\":1,\"deadlineSeconds\":2"),
                    clock);

            HttpResponse<InputStream> answer = caller.open(Caller.CHAT, Caller.STREAM_BODY);
            clock.advance(Duration.ofSeconds(30));

            try (InputStream in = answer.body()) {
                assertThat(new String(in.readAllBytes(), UTF_8)).endsWith("data: [DONE]\n\n");
            }
        }

        @Test
        void whatIsHeldIsLetGoAfterTwoSeconds() throws Exception {
            Caller caller = start(both, clock);
            east.faults().add(Fault.stallStream(2));

            try (RawCaller raw = new RawCaller(caller.router())) {
                raw.post(Caller.CHAT, Caller.STREAM_BODY);
                clock.awaitTimer(Duration.ofMillis(1_900), Duration.ofSeconds(2));
                clock.advance(Duration.ofMillis(2_001));
                assertThat(raw.readHead().status()).isEqualTo(200);
                assertThat(raw.read(new byte[1])).isPositive();
            }
            assertThat(west.log()).isEmpty();
        }

        @Test
        void aCallerWhoHangsUpWhileTheBeginningIsHeldEndsItInTheRegion() throws Exception {
            Caller caller = start(both, clock);
            east.faults().add(Fault.stallStream(2));

            RawCaller raw = new RawCaller(caller.router());
            raw.post(Caller.CHAT, Caller.STREAM_BODY);
            clock.awaitTimer(Duration.ofMillis(1_900), Duration.ofSeconds(2));
            raw.close();

            assertThat(east.log().get(0).ending().get(1, TimeUnit.SECONDS)).isEqualTo(Ending.CANCELLED);
            clock.awaitNoTimer(Duration.ZERO, Duration.ofMinutes(10));
            assertThat(west.log()).isEmpty();
        }

        private static Fault breaking(String kind) {
            return switch (kind) {
                case "cut" -> Fault.cutStream(8);
                case "end" -> Fault.endStream(8);
                default -> Fault.resetStream(8);
            };
        }

        private static String lastEvent(Reply reply) {
            String text = reply.text().strip();
            return text.substring(text.lastIndexOf("\n\n") + 2);
        }
    }

    @Nested
    final class InTheWorkerHost extends LateCommitContract {

        InTheWorkerHost() {
            super(HostUnderTest.WORKER);
        }

        @ParameterizedTest
        @CsvSource({"chat, cut", "chat, end", "chat, reset", "responses, cut", "responses, end", "responses, reset"})
        void aStreamThatBreaksAfterContentIsAskedForElsewhere(String family, String kind) throws Exception {
            Caller caller = start(both, clock);
            east.faults()
                    .add(
                            switch (kind) {
                                case "cut" -> Fault.cutStream(8);
                                case "end" -> Fault.endStream(8);
                                default -> Fault.resetStream(8);
                            });

            Reply reply = stream(caller, family);

            isWhole(reply, family);
            assertThat(reply.attempts()).matches("eastus;status=(0|200);next_region, westus;status=200;return");
        }

        @ParameterizedTest
        @CsvSource({"chat, 0", "chat, 2", "chat, 8", "responses, 0", "responses, 2", "responses, 8"})
        void aStreamThatStallsIsAskedForElsewhere(String family, int events) throws Exception {
            Caller caller = start(both.retry("\"idleTimeoutSeconds\":1"), clock);
            east.faults().add(Fault.stallStream(events));

            CompletableFuture<Reply> reply = family.equals("chat")
                    ? caller.begin(Caller.CHAT, Caller.STREAM_BODY)
                    : caller.begin(RESPONSES, RESPONSES_STREAM);
            for (int i = 0; i < 100 && !reply.isDone() && west.log().isEmpty(); i++) {
                clock.advance(Duration.ofMillis(500));
                west.awaitLog(1, Duration.ofMillis(20));
            }

            isWhole(reply.get(10, TimeUnit.SECONDS), family);
            assertThat(east.log().get(0).ending().get(5, TimeUnit.SECONDS)).isEqualTo(Ending.CANCELLED);
        }

        @Test
        void anErrorAfterContentIsAskedForElsewhere() throws Exception {
            Caller caller = start(both, clock);
            east.faults().add(Fault.errorEvent(6, "{\"error\":{\"message\":\"x\",\"type\":\"server_error\"}}"));

            isWhole(stream(caller, "chat"), "chat");
        }

        @Test
        void whenEveryStreamBreaksTheCallerGets502() throws Exception {
            Caller caller = start(both, clock);
            east.faults().add(Fault.cutStream(8));
            west.faults().add(Fault.cutStream(8));

            Reply reply = stream(caller, "chat").isError(502, "upstream_failed");

            assertThat(reply.attempts()).isEqualTo("eastus;status=200;next_region, westus;status=200;exhausted");
        }
    }
}
