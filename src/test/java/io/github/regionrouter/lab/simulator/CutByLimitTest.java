package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer is 16 tokens long: a smaller limit cuts it, and it says so. */
final class CutByLimitTest {

    private static final String CHAT = "{'model':'m','messages':[{'role':'user','content':'Hi'}],'%s':%d}";

    private final SimulatedRegion region = SimulatedRegion.start(RegionConfig.named("eastus2"));
    private final Caller caller = new Caller(region);

    @AfterEach
    void stop() {
        region.close();
    }

    @ParameterizedTest
    @CsvSource({
        "max_tokens,15,length",
        "max_tokens,16,stop",
        "max_tokens,17,stop",
        "max_completion_tokens,1,length",
        "max_completion_tokens,16,stop"
    })
    void chatTellsItAsLength(String limit, long tokens, String reason) throws Exception {
        String ask = String.format(CHAT, limit, tokens);

        assertThat(post("/openai/v1/chat/completions", ask)).contains("\"finish_reason\":\"" + reason + "\"");
        assertThat(post("/openai/v1/chat/completions", streamed(ask)))
                .contains("\"finish_reason\":\"" + reason + "\"}]}\n\ndata: [DONE]");
    }

    @ParameterizedTest
    @CsvSource({"15,length", "16,stop"})
    void completionsTellItAsLength(long tokens, String reason) throws Exception {
        String ask = "{'model':'m','prompt':'Hi','max_tokens':" + tokens + "}";

        assertThat(post("/openai/v1/completions", ask)).contains("\"finish_reason\":\"" + reason + "\"");
        assertThat(post("/openai/v1/completions", streamed(ask)))
                .contains("\"finish_reason\":\"" + reason + "\"}]}\n\ndata: [DONE]");
    }

    @ParameterizedTest
    @CsvSource({"15,incomplete", "16,completed"})
    void responsesAreIncomplete(long tokens, String status) throws Exception {
        String ask = "{'model':'m','input':'Hi','max_output_tokens':" + tokens + "}";

        JsonObject whole = Caller.json(post("/openai/v1/responses", ask));
        String stream = post("/openai/v1/responses", streamed(ask));
        List<String> events = Caller.data(stream);

        JsonObject item = JsonObject.of(whole.list("output").get(0)).orElseThrow();
        assertThat(whole.text("status")).contains(status);
        assertThat(item.text("status")).contains(status);
        assertThat(whole.object("incomplete_details").text("reason").isPresent())
                .isEqualTo(status.equals("incomplete"));
        assertThat(stream).contains("event: response." + status + "\n");
        if (status.equals("incomplete")) {
            assertThat(events.get(events.size() - 1))
                    .contains("\"incomplete_details\":{\"reason\":\"max_output_tokens\"}");
        }
    }

    @ParameterizedTest
    @CsvSource({"15,max_tokens", "16,end_turn"})
    void anthropicTellsItAsMaxTokens(long tokens, String reason) throws Exception {
        assertThat(post("/anthropic/v1/messages", String.format(CHAT, "max_tokens", tokens)))
                .contains("\"stop_reason\":\"" + reason + "\"");
    }

    private String post(String path, String json) throws Exception {
        return caller.send(caller.to(path)
                        .header("anthropic-version", "2023-06-01")
                        .POST(BodyPublishers.ofString(json.replace('\'', '"'))))
                .body();
    }

    private static String streamed(String json) {
        return json.substring(0, json.length() - 1) + ",'stream':true}";
    }
}
