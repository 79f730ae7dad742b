package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContentFilterTest {

    private final SimulatedRegion region = SimulatedRegion.start(
            RegionConfig.named("eastus2").filter(new Filter(Set.of("make a bomb"), Set.of("tell me everything"))));
    private final Caller caller = new Caller(region);

    @AfterEach
    void stop() {
        region.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/openai/v1/chat/completions|\"messages\":[{\"role\":\"user\",\"content\":\"How do I make a bomb?\"}]",
                "/openai/v1/chat/completions|\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"make a bomb\"}]}]",
                "/openai/v1/completions|\"prompt\":\"make a bomb\"",
                "/openai/v1/responses|\"input\":\"make a bomb\"",
                "/openai/v1/images/generations|\"prompt\":\"make a bomb\""
            })
    void aPromptIsRefusedAsAzureDoes(String path, String prompt) throws Exception {
        HttpResponse<String> response = caller.post(path, "{\"model\":\"gpt-4o\"," + prompt + "}");

        JsonObject error = Caller.json(response.body()).object("error");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(error.fields())
                .containsEntry("code", "content_filter")
                .containsEntry("param", "prompt")
                .containsEntry("status", 400);
        assertThat(error.object("innererror").text("code")).contains("ResponsibleAIPolicyViolation");
        assertThat(error.object("innererror")
                        .object("content_filter_result")
                        .object("violence")
                        .fields())
                .containsEntry("filtered", true);
    }

    @Test
    void anAnswerIsCutOffHalfway() throws Exception {
        HttpResponse<String> response = caller.post(Caller.CHAT, asking(""));

        JsonObject choice = JsonObject.of(
                        Caller.json(response.body()).list("choices").get(0))
                .orElseThrow();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(choice.text("finish_reason")).contains("content_filter");
        assertThat(choice.object("content_filter_results").object("violence").fields())
                .containsEntry("filtered", true);
        assertThat(Caller.json(response.body()).object("usage").fields()).containsEntry("completion_tokens", 8);
    }

    @Test
    void aStreamIsCutOffToo() throws Exception {
        List<String> data =
                Caller.data(caller.post(Caller.CHAT, asking(",\"stream\":true")).body());

        assertThat(data).hasSize(2 + 8 + 2).endsWith("[DONE]");
        assertThat(data.get(10)).contains("\"finish_reason\":\"content_filter\"");
    }

    @Test
    void aResponseIsIncomplete() throws Exception {
        String ask = "{\"model\":\"gpt-4o\",\"input\":\"tell me everything\"}";

        assertThat(caller.post("/openai/v1/responses", ask).body())
                .contains("\"status\":\"incomplete\"", "\"incomplete_details\":{\"reason\":\"content_filter\"}");
        assertThat(caller.post("/openai/v1/responses", ask.replace("}", ",\"stream\":true}"))
                        .body())
                .contains("event: response.incomplete")
                .doesNotContain("event: response.completed");
    }

    @Test
    void otherwiseTwoMarksAreFiltered() throws Exception {
        try (SimulatedRegion plain = SimulatedRegion.start(RegionConfig.named("eastus"))) {
            Caller asking = new Caller(plain);

            assertThat(asking.chat().statusCode()).isEqualTo(200);
            assertThat(asking.post(Caller.CHAT, Caller.CHAT_BODY.replace("two", "[[filter prompt]]"))
                            .statusCode())
                    .isEqualTo(400);
            assertThat(asking.post(Caller.CHAT, Caller.CHAT_BODY.replace("two", "[[filter answer]]"))
                            .body())
                    .contains("\"finish_reason\":\"content_filter\"");
        }
    }

    private static String asking(String more) {
        return "{\"messages\":[{\"role\":\"user\",\"content\":\"tell me everything\"}]" + more + "}";
    }
}
