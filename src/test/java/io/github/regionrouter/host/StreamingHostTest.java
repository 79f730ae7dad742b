package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static io.github.regionrouter.testing.SettingsJson.keyOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.regionrouter.lab.simulator.Ending;
import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.lab.simulator.ReceivedRequest;
import io.github.regionrouter.lab.simulator.RegionConfig;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.settings.InvalidSettingsException;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.RawCaller;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import io.github.regionrouter.testing.WireRegion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The streaming host: the contract of both hosts, and what only this one can do. */
final class StreamingHostTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int MIB = 1024 * 1024;

    @Nested
    final class Throttling extends ThrottlingContract {
        Throttling() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class Failures extends FailuresContract {
        Failures() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class Translation extends TranslationContract {
        Translation() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class Callers extends CallersContract {
        Callers() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class Refusals extends RefusalsContract {
        Refusals() {
            super(HostUnderTest.STREAMING);
        }
    }

    /** R11 and R14: events as they come, and an end that both sides notice. */
    @Nested
    final class Streams extends RouterContract {

        private final HandClock clock = new HandClock();

        Streams() {
            super(HostUnderTest.STREAMING);
        }

        @Test
        void eventsReachTheCallerAsTheyCome() throws Exception {
            SimulatedRegion slow = region(slowly("eastus", 60));
            Caller caller = start(SettingsJson.model("gpt-4o", at(slow)));

            HttpResponse<InputStream> answer = caller.open(Caller.CHAT, Caller.STREAM_BODY);
            try (BufferedReader lines = lines(answer)) {
                assertThat(lines.readLine()).startsWith("data: ");
                assertThat(slow.log().get(0).completed())
                        .as("the region still sends")
                        .isFalse();
                assertThat(lines.lines().toList()).contains("data: [DONE]");
            }

            assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
            assertThat(slow.log().get(0).completed()).isTrue();
        }

        @Test
        void aStreamIsThrottledLikeAnyOtherCall() throws Exception {
            SimulatedRegion east = region("eastus");
            SimulatedRegion west = region("westus");
            east.faults().add(Fault.throttle(Map.of("retry-after", "30")));
            Caller caller = start(SettingsJson.model("gpt-4o", at(east), at(west)), clock);

            Reply reply = caller.post(Caller.CHAT, Caller.STREAM_BODY).isOk();

            assertThat(reply.attempts()).isEqualTo("eastus;status=429;next_region, westus;status=200;return");
            assertThat(reply.text()).contains("westus", "echoes").endsWith("data: [DONE]\n\n");
        }

        @Test
        void twoHundredStreamsFlowAtOnce() throws Exception {
            SimulatedRegion east = region(slowly("eastus", 10));
            Caller caller = start(SettingsJson.model("gpt-4o", at(east)));

            List<CompletableFuture<Reply>> streams = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                streams.add(caller.begin(Caller.CHAT, Caller.STREAM_BODY.replace("one two", "number" + i + ".")));
            }

            for (int i = 0; i < 200; i++) {
                Reply reply = streams.get(i).get(30, TimeUnit.SECONDS).isOk();
                assertThat(reply.text()).contains("number" + i + ".").endsWith("data: [DONE]\n\n");
            }
        }

        @Test
        void aCallerWhoHangsUpDuringAStreamEndsItInTheRegion() throws Exception {
            SimulatedRegion east = region("eastus");
            east.faults().add(Fault.stallStream(3));
            Caller caller = start(SettingsJson.model("gpt-4o", at(east)), clock);

            RawCaller hangingUp = new RawCaller(caller.router());
            hangingUp.post(Caller.CHAT, Caller.STREAM_BODY).readHead();
            hangingUp.read(new byte[1]);
            hangingUp.close();

            assertThat(endOf(east)).isEqualTo(Ending.CANCELLED);
        }

        @Test
        void aCallerWhoHangsUpBeforeTheAnswerEndsTheCallInTheRegion() throws Exception {
            SimulatedRegion east = region("eastus");
            SimulatedRegion west = region("westus");
            east.faults().add(Fault.silence());
            Caller caller = start(SettingsJson.model("gpt-4o", at(east), at(west)), clock);

            RawCaller hangingUp = new RawCaller(caller.router());
            hangingUp.post(Caller.CHAT, Caller.CHAT_BODY);
            east.awaitLog(1, SOON);
            hangingUp.close();

            assertThat(endOf(east)).isEqualTo(Ending.CANCELLED);
            clock.advance(Duration.ofMinutes(5));
            assertThat(west.log()).as("nobody waits for another region").isEmpty();
        }

        @Test
        void aFirstCallThatIsHungUpOnLetsAnotherGoFirst() throws Exception {
            SimulatedRegion east = region("eastus");
            Caller caller = start(SettingsJson.model("gpt-4o", at(east)).retry("\"maxWaitSeconds\":0"), clock);
            east.faults().add(Fault.throttle(Map.of("retry-after", "30")).times(1));
            caller.chat().isError(429, "429");
            clock.advance(Duration.ofSeconds(31));
            east.faults().add(Fault.silence().times(1));

            RawCaller first = new RawCaller(caller.router());
            first.post(Caller.CHAT, Caller.CHAT_BODY);
            east.awaitLog(2, SOON);
            caller.chat().isError(429, "429");
            first.close();
            assertThat(east.log().get(1).ending().get(1, TimeUnit.SECONDS)).isEqualTo(Ending.CANCELLED);

            caller.chat().isOk();
        }

        @Test
        void callersWhoHangUpSayNothingAboutTheRegion() throws Exception {
            SimulatedRegion east = region("eastus");
            SimulatedRegion west = region("westus");
            Caller caller = start(SettingsJson.model("gpt-4o", at(east), at(west)), clock);
            for (int i = 1; i <= 4; i++) {
                east.faults().add(Fault.silence().times(1));
                try (RawCaller hangingUp = new RawCaller(caller.router())) {
                    hangingUp.post(Caller.CHAT, Caller.CHAT_BODY);
                    east.awaitLog(i, SOON);
                }
                east.log().get(i - 1).ending().get(1, TimeUnit.SECONDS);
            }

            assertThat(caller.chat().isOk().attempts()).isEqualTo("eastus;status=200;return");
        }

        @Test
        void aCallerWhoHangsUpWhileTheRouterWaitsIsNotCalledFor() throws Exception {
            SimulatedRegion east = region("eastus");
            east.faults().add(Fault.throttle(Map.of("retry-after", "10")));
            Caller caller = start(SettingsJson.model("gpt-4o", at(east)), clock);

            RawCaller hangingUp = new RawCaller(caller.router());
            hangingUp.post(Caller.CHAT, Caller.CHAT_BODY);
            clock.awaitTimer(Duration.ofSeconds(10), Duration.ofSeconds(11));
            hangingUp.close();
            clock.awaitNoTimer(Duration.ofSeconds(10), Duration.ofSeconds(11));

            clock.advance(Duration.ofSeconds(30));
            assertThat(east.log()).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"cut", "reset", "end"})
        void aStreamThatTheRegionBreaksIsNotEndedAsIfItWereWhole(String kind) throws Exception {
            SimulatedRegion east = region("eastus");
            SimulatedRegion west = region("westus");
            east.faults()
                    .add(
                            switch (kind) {
                                case "cut" -> Fault.cutStream(8);
                                case "reset" -> Fault.resetStream(8);
                                default -> Fault.endStream(8);
                            });
            Caller caller = start(SettingsJson.model("gpt-4o", at(east), at(west)), clock);

            StringBuilder received = new StringBuilder();
            boolean broken = false;
            try (BufferedReader lines = lines(caller.open(Caller.CHAT, Caller.STREAM_BODY))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    received.append(line).append('\n');
                }
            } catch (IOException cut) {
                broken = true;
            }

            assertThat(received).doesNotContain("[DONE]");
            assertThat(broken || received.toString().contains("\"error\""))
                    .as("an error event or a broken connection: %s", received)
                    .isTrue();
            assertThat(west.log())
                    .as("what has begun is never continued elsewhere")
                    .isEmpty();
        }

        @Test
        void anAnswerThatTheRegionBreaksIsNotEndedAsIfItWereWhole() throws Exception {
            SimulatedRegion east = region("eastus");
            east.faults().add(Fault.cutBody());
            Caller caller = start(SettingsJson.model("gpt-4o", at(east)), clock);

            assertThatThrownBy(caller::chat).isInstanceOf(IOException.class);
        }

        @Test
        void aCallerWhoDoesNotReadStopsTheRegion() throws Exception {
            AtomicLong written = new AtomicLong();
            byte[] piece = new byte[64 * 1024];
            WireRegion endless = wireRegion((request, out) -> {
                out.write(("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: " + 256L * MIB
                                + "\r\n\r\n")
                        .getBytes(UTF_8));
                while (written.get() < 256L * MIB) {
                    out.write(piece);
                    written.addAndGet(piece.length);
                }
            });
            Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", endless.endpoint())));

            try (RawCaller idle = new RawCaller(caller.router())) {
                idle.post(Caller.CHAT, Caller.STREAM_BODY).readHead();
                long stopped = whenItStands(written);
                assertThat(stopped).as("bytes in buffers on the way").isLessThan(64L * MIB);

                byte[] sink = new byte[MIB];
                for (long read = 0; read < stopped + 32L * MIB; ) {
                    read += idle.read(sink);
                }
                assertThat(written.get()).as("it goes on when the caller reads").isGreaterThan(stopped);
            }
        }

        /** The number, once it has been the same for a third of a second. */
        private static long whenItStands(AtomicLong number) throws Exception {
            for (long before = -1; before != number.get(); ) {
                before = number.get();
                new CompletableFuture<Void>()
                        .completeOnTimeout(null, 330, TimeUnit.MILLISECONDS)
                        .get();
            }
            return number.get();
        }

        private Ending endOf(SimulatedRegion region) throws Exception {
            ReceivedRequest request = region.awaitLog(1, SOON).get(0);
            return request.ending().get(1, TimeUnit.SECONDS);
        }

        private static RegionConfig slowly(String name, int millis) {
            return RegionConfig.named(name).apiKey(keyOf(name)).tokenDelay(Duration.ofMillis(millis));
        }

        private static BufferedReader lines(HttpResponse<InputStream> answer) {
            return new BufferedReader(new InputStreamReader(answer.body(), UTF_8));
        }
    }

    /** The server itself: connections, framing, start and stop. */
    @Nested
    final class Server extends RouterContract {

        private final SimulatedRegion east = region("eastus");
        private final SettingsJson settings = SettingsJson.model("gpt-4o", at(east));

        Server() {
            super(HostUnderTest.STREAMING);
        }

        @Test
        void aBodyInChunksArrivesWhole() throws Exception {
            Caller caller = start(settings);

            try (RawCaller raw = new RawCaller(caller.router())) {
                byte[] body = Caller.CHAT_BODY.getBytes(UTF_8);
                raw.postChunked(Caller.CHAT, Arrays.copyOf(body, 9), Arrays.copyOfRange(body, 9, body.length))
                        .read()
                        .isOk();
            }

            assertThat(east.log().get(0).bodyText()).isEqualTo(Caller.CHAT_BODY);
        }

        @Test
        void aBodyInChunksIsBoundedToo() throws Exception {
            Caller caller = start(settings);
            byte[] chunk = new byte[MIB];
            Arrays.fill(chunk, (byte) ' ');
            byte[][] chunks = new byte[21][];
            Arrays.fill(chunks, chunk);

            try (RawCaller raw = new RawCaller(caller.router())) {
                raw.postChunked(Caller.CHAT, chunks).read().isError(413, "request_too_large");
            }

            assertThat(east.log()).isEmpty();
        }

        @Test
        void aCallerWhoAsksBeforeSendingTooMuchIsToldAtOnce() throws Exception {
            Caller caller = start(settings);

            try (RawCaller raw = new RawCaller(caller.router())) {
                raw.head(
                                "POST " + Caller.CHAT + " HTTP/1.1",
                                "Host: router.test",
                                "Content-Length: " + 21 * MIB,
                                "Expect: 100-continue")
                        .read()
                        .isError(413, "request_too_large");
            }
        }

        @Test
        void aBodyThatIsFarTooLargeIsNotReadToItsEnd() throws Exception {
            Caller caller = start(settings);

            try (RawCaller raw = new RawCaller(caller.router())) {
                Reply reply = raw.head(
                                "POST " + Caller.CHAT + " HTTP/1.1",
                                "Host: router.test",
                                "Content-Length: " + 1_000L * MIB)
                        .read()
                        .isError(413, "request_too_large");
                assertThat(reply.header("connection")).isEqualTo("close");
                assertThat(raw.read(new byte[1])).isEqualTo(-1);
            }
        }

        @Test
        void callsThatAreSentAheadAreAnsweredInTheirOrder() throws Exception {
            Caller caller = start(settings);

            try (RawCaller raw = new RawCaller(caller.router())) {
                raw.post(Caller.CHAT, Caller.CHAT_BODY)
                        .post("/nowhere", Caller.CHAT_BODY)
                        .post(Caller.V1_CHAT, Caller.V1_CHAT_BODY);
                raw.read().isOk();
                raw.read().isError(404, "404");
                raw.read().isOk();
            }
        }

        @Test
        void aCallerWhoAsksBeforeSendingIsToldToGoOn() throws Exception {
            Caller caller = start(settings);
            byte[] body = Caller.CHAT_BODY.getBytes(UTF_8);

            try (RawCaller raw = new RawCaller(caller.router())) {
                Reply leave = raw.head(
                                "POST " + Caller.CHAT + " HTTP/1.1",
                                "Host: router.test",
                                "Content-Type: application/json",
                                "Content-Length: " + body.length,
                                "Expect: 100-continue")
                        .readHead();
                assertThat(leave.status()).isEqualTo(100);
                raw.bytes(body).read().isOk();
            }
        }

        @Test
        void aConnectionServesOneCallAfterTheOther() throws Exception {
            Caller caller = start(settings);

            try (RawCaller raw = new RawCaller(caller.router())) {
                raw.post(Caller.CHAT, Caller.CHAT_BODY).read().isOk();
                raw.post("/nowhere", Caller.CHAT_BODY).read().isError(404, "404");
                raw.post(Caller.CHAT, Caller.STREAM_BODY).read().isOk();
                raw.post(Caller.V1_CHAT, Caller.V1_CHAT_BODY).read().isOk();
            }
        }

        @Test
        void connectionsToARegionAreReused() throws Exception {
            Caller caller = start(settings);
            for (int i = 0; i < 3; i++) {
                caller.chat().isOk();
            }

            assertThat(east.log()).hasSize(3).allMatch(ReceivedRequest::completed);
        }

        @Test
        void aTargetInAbsoluteFormIsUnderstood() throws Exception {
            Caller caller = start(settings);

            try (RawCaller raw = new RawCaller(caller.router())) {
                raw.post("http://router.test" + Caller.CHAT, Caller.CHAT_BODY)
                        .read()
                        .isOk();
            }

            assertThat(east.log().get(0).uri()).isEqualTo(Caller.CHAT);
        }

        @Test
        void aQueryThatIsNoUriPassesAsItIs() throws Exception {
            Caller caller = start(settings);

            try (RawCaller raw = new RawCaller(caller.router())) {
                raw.post(Caller.CHAT + "&q={a|b}", Caller.CHAT_BODY).read().isOk();
            }

            assertThat(east.log().get(0).uri()).isEqualTo(Caller.CHAT + "&q={a|b}");
        }

        @Test
        void aHeaderOfTwoLinesKeepsBoth() throws Exception {
            WireRegion region =
                    wireRegion(WireRegion.answering(new byte[0], "HTTP/1.1 200 OK", "x-twice: one", "x-twice: two"));
            Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", region.endpoint())));

            Reply reply =
                    caller.with("openai-beta", "a").with("openai-beta", "b").chat();

            assertThat(reply.headers()).containsEntry("x-twice", List.of("one", "two"));
            assertThat(String.join(",", region.log().get(0).head().lines().toList()))
                    .containsIgnoringCase("openai-beta: a,openai-beta: b");
        }

        @Test
        void aHeadAnswerHasNoBody() throws Exception {
            Caller caller = start(settings);

            try (RawCaller raw = new RawCaller(caller.router())) {
                raw.head("HEAD " + Caller.CHAT + " HTTP/1.1", "Host: router.test");
                assertThat(raw.readHead().status()).isEqualTo(405);
                raw.post(Caller.CHAT, Caller.CHAT_BODY).read().isOk();
            }
        }

        @Test
        void stoppingLetsACallUnderWayFinish() throws Exception {
            SimulatedRegion slow =
                    region(RegionConfig.named("slow").apiKey(keyOf("slow")).firstTokenDelay(Duration.ofMillis(700)));
            StreamingHost host = startHost(SettingsJson.model("gpt-4o", at(slow)), "0");
            Caller caller = new Caller(URI.create(host.url()));
            CompletableFuture<Reply> underWay = caller.beginChat();
            slow.awaitLog(1, SOON);

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(host::stop);

            underWay.get(10, TimeUnit.SECONDS).isOk();
            stopped.get(10, TimeUnit.SECONDS);
            assertThatThrownBy(() -> new RawCaller(caller.router())).isInstanceOf(ConnectException.class);
        }

        @Test
        void aPortThatIsTakenIsNamed() throws Exception {
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                String port = Integer.toString(taken.getLocalPort());

                assertThatThrownBy(() -> startHost(settings, port))
                        .isInstanceOf(InvalidSettingsException.class)
                        .hasMessageContaining(port)
                        .hasMessageContaining("FUNCTIONS_CUSTOMHANDLER_PORT");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"seventy", "65536", "-1", "123456789012"})
        void aPortThatIsNoneIsNamed(String port) {
            assertThatThrownBy(() -> startHost(settings, port))
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining("FUNCTIONS_CUSTOMHANDLER_PORT: " + port);
        }

        @Test
        void withoutSettingsItDoesNotStart() {
            assertThatThrownBy(() -> StreamingHost.start(name -> null))
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining("ROUTER_SETTINGS");
        }

        @Test
        void itServesWhatItsEnvironmentSays() throws Exception {
            StreamingHost host = startHost(settings, "0");
            closing(host::stop);

            Reply reply = new Caller(URI.create(host.url())).chat().isOk();

            assertThat(reply.attempts()).isEqualTo("eastus;status=200;return");
        }

        private StreamingHost startHost(SettingsJson document, String port) throws InvalidSettingsException {
            return StreamingHost.start(
                    Map.of("ROUTER_SETTINGS", document.toString(), "FUNCTIONS_CUSTOMHANDLER_PORT", port)::get);
        }
    }
}
