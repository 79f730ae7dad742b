package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static io.github.regionrouter.testing.SettingsJson.caller;
import static io.github.regionrouter.testing.SettingsJson.keyOf;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.RawCaller;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Design §6: the paths of the router; R7 and R8: what a region does not let the router do, or does not have. */
abstract class PathsContract extends RouterContract {

    private static final String JSON = "application/json";
    private static final String EMBEDDINGS = "/openai/deployments/gpt-4o/embeddings?api-version=2024-10-21";
    private static final String NO_DEPLOYMENT = "{\"error\":{\"code\":\"DeploymentNotFound\",\"message\":\"The API"
            + " deployment for this resource does not exist.\"}}";
    private static final String NO_RESOURCE = "{\"error\":{\"code\":\"404\",\"message\": \"Resource not found\"}}";

    private final HandClock clock = new HandClock();
    private final SimulatedRegion east = region("eastus");
    private final SimulatedRegion west = region("westus");
    private final SettingsJson both = SettingsJson.model("gpt-4o", at(east), at(west));
    private final SettingsJson renamed = SettingsJson.model("gpt-4o", at(east).deployment("gpt-4o-prod"));

    PathsContract(HostUnderTest host) {
        super(host);
    }

    private static Reply get(Caller caller, String target) throws Exception {
        return caller.send("GET", target, BodyPublishers.noBody());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aRegionThatRefusesTheRoutersKeyIsLeftAloneForFiveMinutes(int status) throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.status(status).times(1));

        assertThat(caller.chat().isOk().attempts())
                .isEqualTo("eastus;status=" + status + ";next_region, westus;status=200;return");
        clock.advance(Duration.ofMillis(299_999));
        assertThat(caller.chat().isOk().attempts()).isEqualTo("westus;status=200;return");
        clock.advance(Duration.ofMillis(2));
        assertThat(caller.chat().isOk().attempts()).isEqualTo("eastus;status=200;return");
    }

    @Test
    void whenEveryRegionRefusesTheRoutersKeyTheCallersIsNotBlamed() throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.status(401));
        west.faults().add(Fault.status(403));

        assertThat(caller.chat().isError(502, "upstream_auth_failed").attempts())
                .isEqualTo("eastus;status=401;next_region, westus;status=403;exhausted");
        assertThat(caller.chat().isError(502, "upstream_auth_failed").attempts())
                .isNull();
        assertThat(east.log()).hasSize(1);
    }

    @Test
    void aDeploymentThatIsNotThereIsRememberedForFiveMinutes() throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.status(404, Map.of(), NO_DEPLOYMENT).times(1));

        assertThat(caller.chat().isOk().attempts())
                .isEqualTo("eastus;status=404;next_region, westus;status=200;return");
        assertThat(caller.post(EMBEDDINGS, "{\"input\":\"x\"}").isOk().attempts())
                .isEqualTo("westus;status=200;return");
        clock.advance(Duration.ofMillis(299_999));
        assertThat(caller.chat().isOk().attempts()).isEqualTo("westus;status=200;return");
        clock.advance(Duration.ofMillis(2));
        assertThat(caller.chat().isOk().attempts()).isEqualTo("eastus;status=200;return");
    }

    @Test
    void aPathThatARegionDoesNotKnowIsRememberedForItsFamilyAlone() throws Exception {
        Caller caller = start(both, clock);
        east.faults()
                .add(Fault.status(404, Map.of(), NO_RESOURCE)
                        .onPath("/embeddings")
                        .times(1));

        assertThat(caller.post(EMBEDDINGS, "{\"input\":\"x\"}").isOk().attempts())
                .isEqualTo("eastus;status=404;next_region, westus;status=200;return");
        assertThat(caller.post(EMBEDDINGS, "{\"input\":\"x\"}").isOk().attempts())
                .isEqualTo("westus;status=200;return");
        assertThat(caller.chat().isOk().attempts()).isEqualTo("eastus;status=200;return");
        clock.advance(Duration.ofMillis(300_001));
        assertThat(caller.post(EMBEDDINGS, "{\"input\":\"x\"}").isOk().attempts())
                .isEqualTo("eastus;status=200;return");
    }

    @ParameterizedTest
    @ValueSource(strings = {NO_DEPLOYMENT, NO_RESOURCE})
    void whatNoRegionHasIsTheRegions404(String body) throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.status(404, Map.of("content-type", JSON), body));
        west.faults().add(Fault.status(404, Map.of("content-type", JSON), body));

        for (int i = 0; i < 2; i++) {
            Reply reply = caller.chat();
            assertThat(reply.status()).isEqualTo(404);
            if (i == 0) {
                assertThat(reply.text()).isEqualTo(body);
                assertThat(reply.attempts()).isEqualTo("eastus;status=404;next_region, westus;status=404;exhausted");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/openai/responses?api-version=2025-04-01-preview, /openai/responses?api-version=2025-04-01-preview",
        "/openai/deployments/gpt-4o/responses?api-version=2025-04-01-preview, /openai/responses?api-version=2025-04-01-preview",
        "//openai/responses?api-version=2025-04-01-preview, /openai/responses?api-version=2025-04-01-preview",
        "/openai/v1/responses, /openai/v1/responses"
    })
    void responsesGoToOnePath(String asked, String sent) throws Exception {
        Caller caller = start(renamed, clock);

        caller.post(asked, "{ \"model\" : \"gpt-4o\", \"input\":\"süß\", \"x\":1e2 }")
                .isOk();

        assertThat(east.log().get(0).uri()).isEqualTo(sent);
        assertThat(east.log().get(0).bodyText())
                .isEqualTo("{ \"model\" : \"gpt-4o-prod\", \"input\":\"süß\", \"x\":1e2 }");
    }

    @Test
    void slashesInFrontAreOne() throws Exception {
        Caller caller = start(renamed, clock);

        caller.post("/" + Caller.CHAT, Caller.CHAT_BODY).isOk();

        assertThat(east.log().get(0).uri())
                .isEqualTo("/openai/deployments/gpt-4o-prod/chat/completions?api-version=2024-10-21");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/models/chat/completions?api-version=2024-05-01-preview", "/anthropic/v1/messages"})
    void theModelInABodyIsPutInTheRegionsWords(String path) throws Exception {
        Caller caller = start(renamed, clock);
        east.faults().add(Fault.status(200, Map.of("content-type", JSON), "{}"));

        Reply reply = caller.with("anthropic-version", "2023-06-01")
                .post(path, Caller.V1_CHAT_BODY)
                .isOk();

        assertThat(reply.attempts()).isEqualTo("eastus;status=200;return");
        assertThat(east.log().get(0).uri()).isEqualTo(path);
        assertThat(east.log().get(0).bodyText()).isEqualTo(Caller.V1_CHAT_BODY.replace("gpt-4o", "gpt-4o-prod"));
        assertThat(east.log().get(0).header("anthropic-version")).isEqualTo("2023-06-01");
    }

    @Test
    void theModelInAHeaderIsPutInTheRegionsWords() throws Exception {
        Caller caller = start(renamed, clock);
        east.faults().add(Fault.status(200, Map.of("content-type", JSON), "{}"));

        caller.with("x-ms-model-mesh-model-name", "gpt-4o")
                .post("/models/chat/completions?api-version=2024-05-01-preview", Caller.CHAT_BODY)
                .isOk();

        assertThat(east.log().get(0).headers().get("x-ms-model-mesh-model-name"))
                .containsExactly("gpt-4o-prod");
        assertThat(east.log().get(0).bodyText()).isEqualTo(Caller.CHAT_BODY);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theModelInAFormIsPutInTheRegionsWords(boolean modelFirst) throws Exception {
        Caller caller = start(renamed, clock);
        byte[] sound = new byte[70_000];
        new Random(5).nextBytes(sound);

        Reply reply = caller.sending("multipart/form-data; boundary=\"a b\"")
                .post("/openai/v1/audio/transcriptions", form("gpt-4o", sound, modelFirst))
                .isOk();

        assertThat(reply.text()).contains("eastus heard 70000 bytes");
        assertThat(east.log().get(0).body()).isEqualTo(form("gpt-4o-prod", sound, modelFirst));
    }

    private static byte[] form(String model, byte[] sound, boolean modelFirst) {
        String name = "--a b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n" + model + "\r\n";
        String file = "--a b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"model.mp3\"\r\n"
                + "Content-Type: audio/mpeg\r\n\r\n" + new String(sound, ISO_8859_1) + "\r\n";
        return ((modelFirst ? name + file : file + name) + "--a b--\r\n").getBytes(ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openai/v1/models", "/openai/models?api-version=2024-10-21"})
    void theListOfModelsIsThatOfTheCaller(String path) throws Exception {
        Caller anybody = start(
                both.and("o3", at(west)).callers(caller("team", "k1", "\"models\":[\"o3\"]"), caller("all", "k2")),
                clock);

        assertThat(get(anybody.with("api-key", "k1"), path).isOk().text())
                .contains("\"o3\"")
                .doesNotContain("gpt-4o");
        assertThat(get(anybody.with("api-key", "k2"), path).isOk().text()).contains("\"o3\"", "\"gpt-4o\"");
        assertThat(get(anybody.with("api-key", "k1"), path.replace("models", "models/o3"))
                        .isOk()
                        .text())
                .contains("\"id\":\"o3\"");
        get(anybody.with("api-key", "k1"), path.replace("models", "models/gpt-4o"))
                .isError(404, "DeploymentNotFound");
        assertThat(east.log()).isEmpty();
        assertThat(west.log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openai/realtime?api-version=2024-10-01-preview&deployment=gpt-4o",
                "/openai/v1/realtime?model=gpt-4o",
                "/openai/v1/responses"
            })
    void aWebSocketIsRefusedInWords(String target) throws Exception {
        Caller caller = start(both, clock);

        try (RawCaller raw = new RawCaller(caller.router())) {
            raw.head(
                    "GET " + target + " HTTP/1.1",
                    "Host: router.test",
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
            raw.read().isError(501, "websocket_not_supported");
        }

        assertThat(east.log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat/completions", "/responses"})
    void aPathWithoutPrefixIsToldHowToSetTheClient(String path) throws Exception {
        Caller caller = start(both, clock);

        assertThat(caller.post(path, Caller.V1_CHAT_BODY).isError(404, "404").message())
                .contains("/openai/v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openai/nothing", "/openai/v1/nothing/x", "/x"})
    void aFamilyThatIsUnknownIsNotFound(String path) throws Exception {
        Caller caller = start(both, clock);

        caller.post(path, Caller.V1_CHAT_BODY).isError(404, "404");
        assertThat(get(caller, path).status()).isIn(404, 405);

        assertThat(east.log()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /openai/v1/files?limit=2&a=%2F&a=2",
        "DELETE, /openai/v1/vector_stores/vs_1",
        "GET, /openai/files/file-1/content?api-version=2025-01-01-preview",
        "GET, /openai/v1/batches/batch_1",
        "DELETE, /openai/v1/responses/resp_1"
    })
    void statefulPathsPassWithMethodAndQuery(String method, String target) throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.status(200, Map.of("content-type", JSON), "{}"));

        caller.send(method, target, BodyPublishers.noBody()).isOk();

        assertThat(east.log().get(0).method()).isEqualTo(method);
        assertThat(east.log().get(0).uri()).isEqualTo(target);
        assertThat(east.log().get(0).header("api-key")).isEqualTo(keyOf("eastus"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openai/v1/responses/resp_1/cancel", "/openai/v1/batches/batch_1/cancel"})
    void aVerbNeedsNoBody(String target) throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.status(200, Map.of("content-type", JSON), "{}"));

        caller.send("POST", target, BodyPublishers.noBody()).isOk();
    }
}
