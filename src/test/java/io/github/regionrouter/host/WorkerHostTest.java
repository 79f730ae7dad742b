package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.RawCaller;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import io.github.regionrouter.testing.WireRegion;
import io.github.regionrouter.testing.WorkerStandIn;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The worker host behind a stand-in of the Functions host: the contract of both hosts, and what only this one must stand. */
final class WorkerHostTest {

    @Nested
    final class Throttling extends ThrottlingContract {
        Throttling() {
            super(HostUnderTest.WORKER);
        }
    }

    @Nested
    final class Failures extends FailuresContract {
        Failures() {
            super(HostUnderTest.WORKER);
        }
    }

    @Nested
    final class Translation extends TranslationContract {
        Translation() {
            super(HostUnderTest.WORKER);
        }
    }

    @Nested
    final class Callers extends CallersContract {
        Callers() {
            super(HostUnderTest.WORKER);
        }
    }

    @Nested
    final class Refusals extends RefusalsContract {
        Refusals() {
            super(HostUnderTest.WORKER);
        }
    }

    /** What the Functions host and its Java worker make of HTTP. */
    @Nested
    final class Quirks extends RouterContract {

        private final HandClock clock = new HandClock();
        private final SimulatedRegion east = region("eastus");
        private final SimulatedRegion west = region("westus");
        private final SettingsJson both = SettingsJson.model("gpt-4o", at(east), at(west));

        Quirks() {
            super(HostUnderTest.WORKER);
        }

        @Test
        void aBodyInChunksDoesNotArriveAndIsAskedForWithItsLength() throws Exception {
            Caller caller = start(both, clock);

            try (RawCaller raw = new RawCaller(caller.router())) {
                Reply reply = raw.postChunked(Caller.CHAT, Caller.CHAT_BODY.getBytes(UTF_8))
                        .read();
                assertThat(reply.isError(411, "length_required").message())
                        .contains("Transfer-Encoding: chunked", "Content-Length");
            }

            assertThat(east.log()).isEmpty();
        }

        @Test
        void aQueryThatIsNoUriIsRefused() throws Exception {
            Caller caller = start(both, clock);

            try (RawCaller raw = new RawCaller(caller.router())) {
                raw.post(Caller.CHAT + "&q={a|b}", Caller.CHAT_BODY).read().isError(400, "invalid_path");
            }

            assertThat(east.log()).isEmpty();
        }

        @Test
        void aStreamArrivesWhole() throws Exception {
            Caller caller = start(both, clock);
            east.faults().add(Fault.throttle(Map.of("retry-after", "30")));

            Reply reply = caller.post(Caller.CHAT, Caller.STREAM_BODY).isOk();

            assertThat(reply.header("content-type")).startsWith("text/event-stream");
            assertThat(reply.header("content-length")).isEqualTo(Integer.toString(reply.body().length));
            assertThat(reply.text()).contains("westus", "echoes:").endsWith("data: [DONE]\n\n");
            assertThat(reply.attempts()).isEqualTo("eastus;status=429;next_region, westus;status=200;return");
        }

        @ParameterizedTest
        @ValueSource(strings = {"transcriptions", "translations"})
        void soundArrivesByteForByte(String operation) throws Exception {
            Caller caller = start(both, clock);
            byte[] form = form(new byte[0], sound());

            Reply reply = caller.sending("multipart/form-data; boundary=frontier")
                    .post("/openai/deployments/gpt-4o/audio/" + operation + "?api-version=2024-10-21", form)
                    .isOk();

            assertThat(reply.text()).contains("eastus heard 100000 bytes");
            assertThat(east.log().get(0).body()).isEqualTo(form);
            assertThat(east.log().get(0).header("content-type")).isEqualTo("multipart/form-data; boundary=frontier");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "openai/deployments/{deployment}/audio/transcriptions",
                    "openai/deployments/{deployment}/audio/translations",
                    "openai/deployments/{deployment}/images/edits",
                    "openai/v1/audio/transcriptions",
                    "openai/v1/audio/translations",
                    "openai/v1/images/edits",
                    "openai/files",
                    "openai/v1/files"
                })
        void everyUploadHasAFunctionThatTakesBytes(String route) {
            assertThat(Arrays.stream(WorkerHost.class.getMethods())
                            .filter(method -> method.isAnnotationPresent(FunctionName.class))
                            .filter(method -> method.getParameters()[0]
                                    .getAnnotation(HttpTrigger.class)
                                    .route()
                                    .equals(route)))
                    .singleElement()
                    .satisfies(method -> assertThat(method.getGenericParameterTypes()[0].getTypeName())
                            .endsWith("<java.util.Optional<byte[]>>"));
        }

        @Test
        void everyTriggerListsItsMethodsAndLeavesKeysToTheRouter() {
            List<HttpTrigger> triggers = Arrays.stream(WorkerHost.class.getMethods())
                    .filter(method -> method.isAnnotationPresent(FunctionName.class))
                    .map(method -> method.getParameters()[0].getAnnotation(HttpTrigger.class))
                    .toList();

            assertThat(triggers).isNotEmpty().allSatisfy(trigger -> {
                assertThat(trigger.methods()).isNotEmpty();
                assertThat(trigger.authLevel()).isEqualTo(AuthorizationLevel.ANONYMOUS);
            });
        }

        @Test
        void headersOfTwoLinesAreOne() throws Exception {
            WireRegion region = wireRegion(WireRegion.answering(
                    new byte[0], "HTTP/1.1 200 OK", "x-twice: one", "X-Twice: two", "x-ms-region: East US"));
            Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", region.endpoint())), clock);

            Reply reply = caller.with("openai-beta", "a")
                    .with("openai-beta", "b")
                    .chat()
                    .isOk();

            assertThat(reply.header("x-twice")).isEqualTo("one, two");
            assertThat(region.log().get(0).head()).containsIgnoringCase("openai-beta: a,b\r\n");
        }

        @Test
        void anAnswerWithoutATypeGetsOne() throws Exception {
            WireRegion region = wireRegion(WireRegion.answering("x".getBytes(UTF_8), "HTTP/1.1 200 OK"));
            Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", region.endpoint())), clock);

            assertThat(caller.chat().isOk().header("content-type")).isNotBlank();
        }

        @ParameterizedTest
        @CsvSource({"PUT, 405", "PATCH, 405", "DELETE, 405", "HEAD, 405", "OPTIONS, 405", "GET, 405"})
        void everyListedMethodIsAnsweredByTheRouter(String method, int status) throws Exception {
            Caller caller = start(both, clock);

            for (String target : List.of(Caller.CHAT, Caller.V1_CHAT)) {
                Reply reply = caller.send(method, target, BodyPublishers.noBody());
                assertThat(reply.status()).as("%s %s", method, target).isEqualTo(status);
                assertThat(reply.header("x-router-request-id")).isNotBlank();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"PUT", "HEAD", "OPTIONS", "GET"})
        void anEmptyPathIsAnsweredByTheRouter(String method) throws Exception {
            Caller caller = start(both, clock);

            Reply reply = caller.send(method, "/", BodyPublishers.noBody());

            assertThat(reply.status()).isBetween(200, 499);
            assertThat(reply.header("x-router-request-id")).isNotBlank();
        }

        @Test
        void theRouterSaysSoWhenItsSettingsAreMissing() throws Exception {
            WorkerEngine.use(null);
            try (WorkerStandIn worker = WorkerStandIn.serve(WorkerHost.class)) {
                Caller caller = new Caller(worker.url());
                for (int i = 0; i < 2; i++) {
                    Reply reply = caller.chat().isError(503, "router_not_configured");
                    assertThat(reply.attempts()).isNull();
                }
                assertThat(worker.failures()).isEmpty();
            }
        }

        @Test
        void anAnswerThatBreaksIsTakenFromTheNextRegion() throws Exception {
            Caller caller = start(both, clock);
            east.faults().add(Fault.cutBody());

            Reply reply = caller.chat().isOk();

            assertThat(reply.text()).contains("westus echoes:");
            assertThat(reply.attempts()).isEqualTo("eastus;status=200;next_region, westus;status=200;return");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 3, 8})
        void aStreamThatBreaksIsTakenFromTheNextRegion(int events) throws Exception {
            Caller caller = start(both, clock);
            east.faults().add(Fault.endStream(events));

            Reply reply = caller.post(Caller.CHAT, Caller.STREAM_BODY).isOk();

            assertThat(reply.text()).contains("westus").doesNotContain("eastus").endsWith("data: [DONE]\n\n");
            assertThat(reply.attempts()).isEqualTo("eastus;status=200;next_region, westus;status=200;return");
        }

        @Test
        void anAnswerThatBreaksEverywhereIsABadGateway() throws Exception {
            Caller caller = start(both, clock);
            east.faults().add(Fault.cutBody());
            west.faults().add(Fault.cutBody());

            Reply reply = caller.chat();

            assertThat(reply.status()).isEqualTo(502);
            assertThat(reply.header("content-type")).isEqualTo("application/json");
            assertThat(reply.message()).isNotBlank();
        }

        @Test
        void bytesThatAreNoTextMayStandInAnOctetStream() throws Exception {
            Caller caller = start(both, clock);

            caller.sending("application/octet-stream").post(Caller.CHAT, Caller.CHAT_BODY);

            assertThat(east.log().get(0).bodyText()).isEqualTo(Caller.CHAT_BODY);
        }

        private static byte[] sound() {
            byte[] sound = new byte[100_000];
            new Random(3).nextBytes(sound);
            return sound;
        }

        /** A form with a file, behind other parts. */
        private static byte[] form(byte[] parts, byte[] file) {
            String head = new String(parts, ISO_8859_1)
                    + "--frontier\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp3\"\r\n"
                    + "Content-Type: audio/mpeg\r\n\r\n";
            return (head + new String(file, ISO_8859_1) + "\r\n--frontier--\r\n").getBytes(ISO_8859_1);
        }
    }
}
