package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of models, and the paths of Azure AI Model Inference. */
final class ModelsTest {

    private static final String INFERENCE = "/models/chat/completions?api-version=2024-05-01-preview";

    private final SimulatedRegion region =
            SimulatedRegion.start(RegionConfig.named("eastus2").deployments("gpt-4o", "o3"));
    private final Caller caller = new Caller(region);

    @AfterEach
    void stop() {
        region.close();
    }

    @ParameterizedTest
    @CsvSource({"/openai/v1/models,''", "/openai/models,?api-version=2024-10-21"})
    void modelsAreListedAndRead(String start, String end) throws Exception {
        assertThat(Caller.json(get(start + end).body()).list("data"))
                .extracting(
                        model -> JsonObject.of(model).orElseThrow().text("id").orElseThrow())
                .containsExactly("gpt-4o", "o3");
        assertThat(get(start + "/o3" + end).body()).contains("\"id\":\"o3\"", "\"object\":\"model\"");
        assertThat(get(start + "/o4" + end).statusCode()).isEqualTo(404);
    }

    @Test
    void inferenceTakesTheModelFromTheBodyOrAHeader() throws Exception {
        String named = "{\"model\":\"o3\"," + Caller.CHAT_BODY.substring(1);

        assertThat(caller.post(INFERENCE, named).body()).contains("\"model\":\"o3\"");
        assertThat(withHeader("gpt-4o").body()).contains("\"model\":\"gpt-4o\"");
        assertThat(get("/models/info?api-version=2024-05-01-preview&model=o3").body())
                .contains("\"model_name\":\"o3\"");
    }

    @Test
    void inferenceHasErrorsOfItsOwn() throws Exception {
        isError(caller.post(INFERENCE, Caller.CHAT_BODY), 400, "no_model_name");
        isError(withHeader("gpt-5"), 404, "unknown_model");
    }

    private HttpResponse<String> withHeader(String model) throws Exception {
        return caller.send(caller.to(INFERENCE)
                .header("x-ms-model-mesh-model-name", model)
                .POST(BodyPublishers.ofString(Caller.CHAT_BODY)));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return caller.send(caller.to(path).GET());
    }

    private static void isError(HttpResponse<String> response, int status, String code) throws Exception {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("x-ms-error-code")).contains(code);
        assertThat(Caller.json(response.body()).object("error").fields())
                .containsEntry("code", code)
                .containsKeys("message", "details");
    }
}
