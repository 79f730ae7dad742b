package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.RawCaller;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Design §5.1 and §6: calls that the router answers itself, always as JSON in Azure's shape, without asking a region. */
abstract class RefusalsContract extends RouterContract {

    private static final int LONGEST_BODY = 20 * 1024 * 1024;

    private final SimulatedRegion east = region("eastus");
    private final SettingsJson settings = SettingsJson.model("gpt-4o", at(east).deployment("deployed"));

    RefusalsContract(HostUnderTest host) {
        super(host);
    }

    @AfterEach
    void noRegionWasAsked() {
        assertThat(east.log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-5", "GPT-4o", "deployed", "gpt-4o%20", "%F0%9F%9A%80", "gpt-4o%00"})
    void anUnknownModelIsNotFound(String model) throws Exception {
        Caller caller = begin();

        caller.post("/openai/deployments/" + model + "/chat/completions?api-version=1", Caller.CHAT_BODY)
                .isError(404, "DeploymentNotFound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-5", "GPT-4o", "deployed", " gpt-4o", "\\u0000", "ünbekannt"})
    void anUnknownModelInTheBodyIsNotFound(String model) throws Exception {
        Caller caller = begin();

        caller.post(Caller.V1_CHAT, "{\"model\":\"" + model + "\"}").isError(404, "DeploymentNotFound");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"model\":\"gpt-4o\"",
                "{\"model\":\"gpt-4o\"}}",
                "{\"model\":\"gpt-4o\"} {}",
                "{\"model\":\"gpt-4o\",}",
                "{'model':'gpt-4o'}",
                "{\"model\":\"gpt-4o\",\"x\":\"a\nb\"}",
                "{\"model\":\"gpt-4o\",\"x\":NaN}",
                "model=gpt-4o",
                "nul",
                "\u0000\u0001",
                "<html>"
            })
    void aBodyThatIsNotJsonIsRefusedWhereTheModelStandsInIt(String body) throws Exception {
        Caller caller = begin();

        caller.post(Caller.V1_CHAT, body).isError(400, "invalid_json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE"})
    void aBodyInAnotherEncodingIsRefused(String encoding) throws Exception {
        Caller caller = begin();

        caller.post(Caller.V1_CHAT, "{\"model\":\"gpt-4o\"}".getBytes(Charset.forName(encoding)))
                .isError(400, "invalid_json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"x\":"})
    void aBodyNestedWithoutEndIsRefused(String opening) throws Exception {
        Caller caller = begin();

        caller.post(Caller.V1_CHAT, "{\"x\":" + opening.repeat(100_000)).isError(400, "invalid_json");
    }

    @Test
    void aBodyWithAnEndlessNumberIsRefused() throws Exception {
        Caller caller = begin();

        caller.post(Caller.V1_CHAT, "{\"x\":" + "1".repeat(100_000) + ",\"x\":7")
                .isError(400, "invalid_json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "[{\"model\":\"gpt-4o\"}]",
                "\"gpt-4o\"",
                "null",
                "{\"Model\":\"gpt-4o\"}",
                "{\"model\":null}",
                "{\"model\":7}",
                "{\"model\":\"\"}",
                "{\"model\":[\"gpt-4o\"]}",
                "{\"model\":{\"model\":\"gpt-4o\"}}",
                "{\"x\":{\"model\":\"gpt-4o\"}}",
                "{\"model\":\"gpt-4o\",\"model\":\"gpt-4o\"}",
                "{\"model\":\"gpt-4o\",\"mod\\u0065l\":\"gpt-5\"}"
            })
    void aBodyMustNameOneModel(String body) throws Exception {
        Caller caller = begin();

        caller.post(Caller.V1_CHAT, body).isError(400, "model_missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {Caller.CHAT, Caller.V1_CHAT})
    void aBodyOverTheBoundIsRefused(String path) throws Exception {
        Caller caller = begin();
        byte[] body = new byte[LONGEST_BODY + 1];
        Arrays.fill(body, (byte) ' ');

        caller.post(path, body).isError(413, "request_too_large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/x",
                "/openai",
                "/openai/",
                "/openai/deployments",
                "/openai/deployments/gpt-4o",
                "/openai/v1",
                "/OPENAI/v1/chat/completions",
                "/admin/host/status",
                "/openai/v2/chat/completions",
                "/%20"
            })
    void aPathThatTheRouterDoesNotServeIsNotFound(String path) throws Exception {
        Caller caller = begin();

        caller.post(path, Caller.V1_CHAT_BODY).isError(404, "404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat/completions", "/embeddings"})
    void aPathWithoutItsPrefixIsToldHowToSetTheClient(String path) throws Exception {
        Caller caller = begin();

        assertThat(caller.post(path, Caller.V1_CHAT_BODY).isError(404, "404").message())
                .contains("/openai/v1", "LEGACY");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /openai/deployments/gpt-4o/chat/completions",
        "PUT, /openai/deployments/gpt-4o/chat/completions",
        "PATCH, /openai/v1/chat/completions",
        "DELETE, /openai/v1/embeddings",
        "OPTIONS, /openai/v1/chat/completions"
    })
    void aMethodThatThePathDoesNotHaveIsNotAllowed(String method, String path) throws Exception {
        Caller caller = begin();

        Reply reply = caller.send(method, path, BodyPublishers.ofString(Caller.V1_CHAT_BODY))
                .isError(405, "405");

        assertThat(reply.header("allow")).isEqualTo("POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {Caller.CHAT, Caller.V1_CHAT})
    void aMissingBodyIsAskedFor(String path) throws Exception {
        Caller caller = begin();

        assertThat(caller.post(path, "").isError(411, "length_required").message())
                .contains("Content-Length", "chunked");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openai/deployments/gpt<4o/chat/completions",
                "/openai/deployments/gpt-4o/chat\\completions",
                "/openai/deployments/gpt%4o/chat/completions",
                "/openai/v1/chat/{completions}"
            })
    void aPathWithCharactersThatDoNotBelongThereIsRefused(String target) throws Exception {
        Caller caller = begin();

        try (RawCaller raw = new RawCaller(caller.router())) {
            raw.post(target, Caller.V1_CHAT_BODY).read().isError(400, "invalid_path");
        }
    }

    @Test
    void aLongNameIsNotEchoedAtLength() throws Exception {
        Caller caller = begin();

        Reply reply = caller.post(Caller.V1_CHAT, "{\"model\":\"" + "x".repeat(1_000_000) + "\"}")
                .isError(404, "DeploymentNotFound");

        assertThat(reply.body()).hasSizeLessThan(1_000);
    }

    @Test
    void aNameIsEchoedAsJson() throws Exception {
        Caller caller = begin();

        Reply reply = caller.post(Caller.V1_CHAT, "{\"model\":\"\\\"},\\n\\u0007 ü🚀\"}")
                .isError(404, "DeploymentNotFound");

        assertThat(reply.message()).contains("\"},\n\u0007 ü🚀");
        assertThat(reply.header("content-length"))
                .isEqualTo(Integer.toString(reply.text().getBytes(UTF_8).length));
    }

    private Caller begin() throws Exception {
        return start(settings, new HandClock());
    }
}
