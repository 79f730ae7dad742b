package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlApiTest {

    private static final String FAULTS = "/_simulator/faults";
    private static final String LOG = "/_simulator/log";

    private final SimulatedRegion region = SimulatedRegion.start(RegionConfig.named("uksouth"));
    private final Caller caller = new Caller(region);

    @AfterEach
    void stop() {
        region.close();
    }

    @Test
    void faultsAreReplacedAndTakenAway() throws Exception {
        region.faults().add(Fault.status(500));

        HttpResponse<String> put =
                put("[{\"kind\":\"status\",\"status\":429,\"headers\":{\"retry-after\":\"30\"},\"times\":1},"
                        + "{\"kind\":\"htmlError\",\"status\":502}]");

        assertThat(put.body()).isEqualTo("{\"faults\":2}");
        HttpResponse<String> first = caller.chat();
        assertThat(first.statusCode()).isEqualTo(429);
        assertThat(first.headers().firstValue("retry-after")).contains("30");
        assertThat(caller.chat().statusCode()).isEqualTo(502);
        assertThat(caller.send(caller.to(FAULTS).DELETE()).statusCode()).isEqualTo(204);
        assertThat(caller.chat().statusCode()).isEqualTo(200);
    }

    @Test
    void theLogIsReadAndForgottenAndHasNoControlCalls() throws Exception {
        caller.chat();
        region.log().get(0).ending().join();
        caller.post("/nowhere", "Grüße");

        HttpResponse<String> response = caller.send(caller.to(LOG).GET());

        List<?> entries = (List<?>) Json.read(response.body().getBytes(StandardCharsets.UTF_8));
        assertThat(entries).hasSize(2);
        JsonObject first = JsonObject.of(entries.get(0)).orElseThrow();
        assertThat(first.text("method")).contains("POST");
        assertThat(first.text("uri")).contains(Caller.CHAT);
        assertThat(first.text("body")).contains(Caller.CHAT_BODY);
        assertThat(first.object("headers").value("content-length"))
                .isEqualTo(List.of(String.valueOf(Caller.CHAT_BODY.length())));
        assertThat(first.fields())
                .containsEntry("status", 200)
                .containsEntry("cancelled", false)
                .containsEntry("completed", true);
        assertThat(JsonObject.of(entries.get(1)).orElseThrow().text("body")).contains("Grüße");

        assertThat(caller.send(caller.to(LOG).DELETE()).statusCode()).isEqualTo(204);
        assertThat(caller.send(caller.to(LOG).GET()).body()).isEqualTo("[]");
    }

    @Test
    void controlCallsMeetNoFaults() throws Exception {
        region.faults().add(Fault.silence());

        assertThat(caller.send(caller.to(LOG).GET()).statusCode()).isEqualTo(200);
    }

    @Test
    void everyKindOfFaultIsRead() {
        String json = """
                [{"kind":"status","status":503},
                 {"kind":"status","status":400,"body":{"a":1},"path":"/x","times":2},
                 {"kind":"throttle","retryAfterMs":1500},
                 {"kind":"throttle","headers":{"retry-after":7}},
                 {"kind":"htmlError"},
                 {"kind":"reset"},
                 {"kind":"reset","when":"head"},
                 {"kind":"silence"},
                 {"kind":"slowFirstByte","delayMs":10},
                 {"kind":"slowFirstToken","delayMs":20},
                 {"kind":"cutStream","events":3},
                 {"kind":"resetStream","events":3},
                 {"kind":"endStream","events":4},
                 {"kind":"stallStream"},
                 {"kind":"errorEvent"},
                 {"kind":"errorEvent","events":1,"event":"error","data":{"type":"error"}},
                 {"kind":"cutBody","atMs":5,"times":3},
                 {"kind":"cutBody","forMs":7}]
                """;

        assertThat(FaultReader.read(json.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(
                        Fault.status(503),
                        Fault.status(400, Map.of(), "{\"a\":1}").times(2).onPath("/x"),
                        Fault.throttle(Duration.ofMillis(1_500)),
                        Fault.throttle(Map.of("retry-after", "7")),
                        Fault.htmlError(500),
                        Fault.resetAfterRequest(),
                        Fault.resetAtOnce(),
                        Fault.silence(),
                        Fault.slowFirstByte(Duration.ofMillis(10)),
                        Fault.slowFirstToken(Duration.ofMillis(20)),
                        Fault.cutStream(3),
                        Fault.resetStream(3),
                        Fault.endStream(4),
                        Fault.stallStream(0),
                        Fault.errorEvent(),
                        Fault.namedErrorEvent(1, "error", "{\"type\":\"error\"}"),
                        Fault.cutBody().times(3).during(Duration.ofMillis(5), Fault.Limited.FOR_EVER),
                        Fault.cutBody().during(Duration.ZERO, Duration.ofMillis(7)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|faults: no array (expected: an array of objects)",
                "[1]|faults[0]: no object (expected: an object)",
                "[{\"kind\":\"flood\"}]|faults[0].kind: flood (expected: one of [cutBody",
                "[{\"times\":1}]|faults[0].kind: null (expected: one of [cutBody",
                "[{\"kind\":\"status\"}]|faults[0].status: null (expected: an integer from 200 to 599)",
                "[{\"kind\":\"status\",\"status\":\"429\"}]|faults[0].status: 429 (expected: an integer from 200 to 599)",
                "[{\"kind\":\"silence\",\"times\":0}]|faults[0].times: 0 (expected: an integer from 1 to 1000000)",
                "[{\"kind\":\"silence\",\"time\":1}]|faults[0]: time (expected: fields of [atMs, forMs, kind, path, times])",
                "[{\"kind\":\"silence\",\"forMs\":0}]|faults[0].forMs: 0 (expected: more than 0)",
                "[{\"kind\":\"silence\",\"atMs\":-1}]|faults[0].atMs: -1 (expected: an integer from 0 to 172800000)",
                "[{\"kind\":\"reset\",\"when\":\"later\"}]|faults[0].when: later (expected: head or request)",
                "[{\"kind\":\"silence\",\"times\":1,\"times\":2}]|faults[0].times: twice (expected: once)",
                "[{\"kind\":\"throttle\",\"retryAfterMs\":1,\"headers\":{}}]|faults[0].headers: {} (expected: none beside retryAfterMs)",
                "[{\"kind\":\"throttle\"}]|faults[0].retryAfterMs: null (expected: milliseconds)",
                "[{\"kind\":\"status\",\"status\":500,\"headers\":[]}]|faults[0].headers: [] (expected: an object)",
            })
    void badControlJsonIsRefusedWithWhatIsWrong(String json, String message) throws Exception {
        region.faults().add(Fault.status(500));

        HttpResponse<String> response = put(json);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Caller.json(response.body()).object("error").text("message").orElseThrow())
                .startsWith(message);
        assertThat(region.faults().size()).isEqualTo(1);
    }

    @Test
    void brokenJsonIsRefused() throws Exception {
        assertThat(put("[{").statusCode()).isEqualTo(400);
        assertThat(put("").statusCode()).isEqualTo(400);
        assertThat(put("[] []").statusCode()).isEqualTo(400);
    }

    @Test
    void anUnknownControlCallIsToldTheKnownOnes() throws Exception {
        HttpResponse<String> response =
                caller.send(caller.to("/_simulator/stop").GET());

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("GET stop (expected: GET log");
    }

    private HttpResponse<String> put(String json) throws Exception {
        return caller.send(caller.to(FAULTS).PUT(BodyPublishers.ofString(json)));
    }
}
