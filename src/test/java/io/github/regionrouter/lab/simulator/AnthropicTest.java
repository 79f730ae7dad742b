package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Anthropic's shape on {@code /anthropic/v1}. */
final class AnthropicTest {

    private static final String MESSAGES = "/anthropic/v1/messages";
    private static final String ASK = "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":4,\"system\":\"Be brief.\","
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}";

    private SimulatedRegion region =
            SimulatedRegion.start(RegionConfig.named("eastus2").apiKey("k1"));

    @AfterEach
    void stop() {
        region.close();
    }

    @Test
    void aMessageIsAnswered() throws Exception {
        JsonObject message = Caller.json(post(MESSAGES, ASK).body());

        assertThat(message.text("id").orElseThrow()).startsWith("msg_");
        assertThat(message.text("type")).contains("message");
        assertThat(message.text("model")).contains("claude-sonnet-4-5");
        assertThat(message.text("stop_reason")).contains("max_tokens");
        assertThat(message.list("content").toString()).contains("type=text", "eastus2 echoes: Hello there");
        assertThat(message.object("usage").fields())
                .containsEntry("input_tokens", 5)
                .containsEntry("output_tokens", 4);
    }

    @Test
    void aStreamHasNamedEventsAndNoDone() throws Exception {
        String stream =
                post(MESSAGES, ASK.replace("}]}", "}],\"stream\":true}")).body();

        assertThat(stream.lines().filter(line -> line.startsWith("event: ")))
                .containsExactly(
                        "event: message_start",
                        "event: content_block_start",
                        "event: ping",
                        "event: content_block_delta",
                        "event: content_block_delta",
                        "event: content_block_delta",
                        "event: content_block_delta",
                        "event: content_block_stop",
                        "event: message_delta",
                        "event: message_stop");
        assertThat(Caller.data(stream).get(4)).contains("\"type\":\"text_delta\"", "\"text\":\" echoes:\"");
        assertThat(Caller.data(stream).get(8)).contains("\"stop_reason\":\"max_tokens\"", "\"output_tokens\":4");
        assertThat(stream).doesNotContain("[DONE]");
    }

    @Test
    void tokensAreCounted() throws Exception {
        assertThat(post(MESSAGES + "/count_tokens", ASK).body()).isEqualTo("{\"input_tokens\":5}");
    }

    @Test
    void mistakesAreToldInAnthropicsShape() throws Exception {
        Caller caller = new Caller(region);

        isError(caller.post(MESSAGES, ASK), 401, "authentication_error");
        isError(
                caller.send(caller.to(MESSAGES).header("x-api-key", "k1").POST(BodyPublishers.ofString(ASK))),
                400,
                "invalid_request_error");
        isError(post(MESSAGES, ASK.replace("\"max_tokens\":4,", "")), 400, "invalid_request_error");
        isError(post("/anthropic/v1/nothing", ASK), 404, "not_found_error");
    }

    @Test
    void aQuotaRefusesInAnthropicsShape() throws Exception {
        region.close();
        region = SimulatedRegion.start(RegionConfig.named("eastus2").tokensPerMinute(9));

        assertThat(post(MESSAGES, ASK).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = post(MESSAGES, ASK);

        isError(refused, 429, "rate_limit_error");
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
    }

    private HttpResponse<String> post(String path, String json) throws Exception {
        Caller caller = new Caller(region);
        return caller.send(caller.to(path)
                .header("x-api-key", "k1")
                .header("anthropic-version", "2023-06-01")
                .POST(BodyPublishers.ofString(json)));
    }

    private static void isError(HttpResponse<String> response, int status, String type) throws Exception {
        JsonObject body = Caller.json(response.body());
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(body.text("type")).contains("error");
        assertThat(body.object("error").text("type")).contains(type);
        assertThat(body.object("error").text("message").orElseThrow()).isNotBlank();
    }
}
