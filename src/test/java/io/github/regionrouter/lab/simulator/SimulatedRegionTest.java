package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedRegionTest {

    private static final String VERSION = "?api-version=2024-10-21";

    private final AtomicLong clock = new AtomicLong();
    private SimulatedRegion region = SimulatedRegion.start(RegionConfig.named("eastus2"));
    private Caller caller = new Caller(region);

    @AfterEach
    void stop() {
        region.close();
    }

    @Test
    void chatIsAnsweredWithTextUsageAndFilterResults() throws Exception {
        HttpResponse<String> response = caller.chat();

        JsonObject json = Caller.json(response.body());
        JsonObject choice = JsonObject.of(json.list("choices").get(0)).orElseThrow();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-length")).isPresent();
        assertThat(json.text("object")).contains("chat.completion");
        assertThat(json.text("model")).contains("gpt-4o");
        assertThat(json.text("id").orElseThrow()).startsWith("chatcmpl-");
        assertThat(json.has("prompt_filter_results")).isTrue();
        assertThat(choice.text("finish_reason")).contains("stop");
        assertThat(choice.object("message").text("content").orElseThrow()).startsWith("eastus2 echoes: one two three");
        assertThat(json.object("usage").fields())
                .containsEntry("prompt_tokens", 4)
                .containsEntry("completion_tokens", 16)
                .containsEntry("total_tokens", 20);
    }

    @Test
    void everyAnswerHasTheHeadersOfAzure() throws Exception {
        HttpResponse<String> response = caller.send(
                caller.to("/nowhere").header("x-ms-client-request-id", "my-id").GET());

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("\"code\":\"404\"", "Resource not found");
        assertThat(response.headers().firstValue("x-ms-region")).contains("East US 2");
        assertThat(response.headers().firstValue("x-ms-client-request-id")).contains("my-id");
        assertThat(response.headers().firstValue("apim-request-id")).isPresent();
        assertThat(response.headers().firstValue("x-request-id")).isPresent();
        assertThat(response.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(response.headers().firstValue("strict-transport-security")).isPresent();
        assertThat(response.headers().firstValue("x-ratelimit-limit-tokens")).isEmpty();
    }

    @Test
    void aStreamHasTheShapeOfAzure() throws Exception {
        HttpResponse<String> response = caller.post(Caller.CHAT, Caller.CHAT_STREAM);

        List<String> data = Caller.data(response.body());
        assertThat(response.headers().firstValue("content-type").orElseThrow()).startsWith("text/event-stream");
        assertThat(response.headers().firstValue("transfer-encoding")).contains("chunked");
        assertThat(data).hasSize(8);
        assertThat(data.get(0)).contains("\"id\":\"\"", "\"choices\":[]", "prompt_filter_results");
        assertThat(data.get(1)).contains("\"role\":\"assistant\"");
        assertThat(data.get(2)).contains("\"content\":\"eastus2\"");
        assertThat(data.get(5)).contains("\"content\":\" two\"");
        assertThat(data.get(6)).contains("\"finish_reason\":\"length\"");
        assertThat(data.get(7)).isEqualTo("[DONE]");
        assertThat(response.body()).doesNotContain("usage").endsWith("data: [DONE]\n\n");
    }

    @Test
    void aStreamWithUsageHasItInOneExtraChunk() throws Exception {
        String body = Caller.CHAT_STREAM.replace("}]", "}],\"stream_options\":{\"include_usage\":true}");

        List<String> data = Caller.data(caller.post(Caller.CHAT, body).body());

        assertThat(data).hasSize(9);
        assertThat(data.subList(0, 7)).allMatch(chunk -> chunk.contains("\"usage\":null"));
        assertThat(data.get(7)).contains("\"choices\":[]", "\"usage\":{\"prompt_tokens\":2,\"completion_tokens\":4");
    }

    @Test
    void completionsAreAnsweredWholeAndAsAStream() throws Exception {
        String path = "/openai/deployments/gpt-35/completions" + VERSION;

        assertThat(caller.post(path, "{\"prompt\":\"Say hi\",\"max_tokens\":3}").body())
                .contains("\"object\":\"text_completion\"", "\"text\":\"eastus2 echoes: Say\"");
        assertThat(Caller.data(caller.post(path, "{\"prompt\":\"Say hi\",\"max_tokens\":3,\"stream\":true}")
                        .body()))
                .hasSize(6)
                .endsWith("[DONE]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a text\"", "[\"a text\"]", "[1,2,3]", "[[1,2],[3]]"})
    void embeddingsTakeTextsAndTokens(String input) throws Exception {
        HttpResponse<String> response =
                caller.post("/openai/v1/embeddings", "{\"model\":\"ada\",\"input\":" + input + ",\"dimensions\":4}");

        JsonObject json = Caller.json(response.body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json.list("data")).hasSize(input.startsWith("[[") ? 2 : 1);
        assertThat(JsonObject.of(json.list("data").get(0)).orElseThrow().list("embedding"))
                .hasSize(4);
    }

    @Test
    void embeddingsComeAsBase64OfFloatsWhenAsked() throws Exception {
        String body = "{\"model\":\"ada\",\"input\":\"x\",\"encoding_format\":\"base64\"}";

        JsonObject json = Caller.json(caller.post("/openai/v1/embeddings", body).body());

        String embedding = JsonObject.of(json.list("data").get(0))
                .orElseThrow()
                .text("embedding")
                .orElseThrow();
        assertThat(Base64.getDecoder().decode(embedding)).hasSize(8 * 4);
    }

    @Test
    void theV1ApiTakesTheModelFromTheBodyAndNeedsNoVersion() throws Exception {
        String body = "{\"model\":\"gpt-4.1\"," + Caller.CHAT_BODY.substring(1);

        assertThat(caller.post("/openai/v1/chat/completions", body).body()).contains("\"model\":\"gpt-4.1\"");
        assertThat(caller.post("/openai/v1/chat/completions", Caller.CHAT_BODY).statusCode())
                .isEqualTo(400);
    }

    @Test
    void theDatedApiNeedsAVersion() throws Exception {
        HttpResponse<String> response = caller.post("/openai/deployments/gpt-4o/chat/completions", Caller.CHAT_BODY);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("Resource not found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//openai/deployments/d/embeddings",
                "/openai/deployments/d/responses",
                "/openai/deployments/d/chat"
            })
    void anyOtherPathIsNotFound(String path) throws Exception {
        assertThat(caller.post(path + VERSION, "{}").body()).contains("Resource not found");
        assertThat(region.log().get(0).uri()).isEqualTo(path + VERSION);
        assertThat(region.log().get(0).status()).isEqualTo(404);
    }

    @Test
    void responsesAreAnsweredWhole() throws Exception {
        String body = "{\"model\":\"o3\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"store\":false}";

        JsonObject json = Caller.json(caller.post("/openai/v1/responses", body).body());

        assertThat(json.text("id").orElseThrow()).startsWith("resp_");
        assertThat(json.text("status")).contains("completed");
        assertThat(json.value("store")).isEqualTo(false);
        assertThat(json.object("usage").value("output_tokens")).isEqualTo(16);
        assertThat(caller.post("/openai/responses" + VERSION, body).statusCode())
                .isEqualTo(200);
    }

    @Test
    void responsesStreamNamedAndNumberedEvents() throws Exception {
        String body = "{\"model\":\"o3\",\"input\":\"Hi\",\"max_output_tokens\":2,\"stream\":true}";

        String stream = caller.post("/openai/v1/responses", body).body();

        assertThat(stream.lines().filter(line -> line.startsWith("event: ")))
                .containsExactly(
                        "event: response.created",
                        "event: response.in_progress",
                        "event: response.output_item.added",
                        "event: response.content_part.added",
                        "event: response.output_text.delta",
                        "event: response.output_text.delta",
                        "event: response.output_text.done",
                        "event: response.content_part.done",
                        "event: response.output_item.done",
                        "event: response.incomplete");
        List<String> data = Caller.data(stream);
        assertThat(data.get(9))
                .contains("\"sequence_number\":9", "\"status\":\"incomplete\"", "\"text\":\"eastus2 echoes:\"");
        assertThat(stream).doesNotContain("[DONE]");
    }

    @Test
    void aResponseThatNobodyStoredIsNotFound() throws Exception {
        String body = "{\"model\":\"o3\",\"input\":\"Hi\",\"previous_response_id\":\"resp_1\"}";

        HttpResponse<String> response = caller.post("/openai/v1/responses", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("previous_response_not_found", "resp_1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openai/v1/audio/transcriptions",
                "/openai/v1/audio/translations",
                "/openai/deployments/whisper/audio/transcriptions" + VERSION,
                "/openai/deployments/whisper/audio/translations" + VERSION
            })
    void audioIsHeardAndItsBodyRemembered(String path) throws Exception {
        String form = "--b-1\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper\r\n"
                + "--b-1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n"
                + "Content-Type: audio/wav\r\n\r\nRIFF\r\nxx\r\n--b-1--\r\n";

        HttpResponse<String> response = caller.send(caller.to(path)
                .header("content-type", "multipart/form-data; boundary=b-1")
                .POST(BodyPublishers.ofString(form)));

        assertThat(response.body()).isEqualTo("{\"text\":\"eastus2 heard 8 bytes\"}");
        assertThat(region.log().get(0).bodyText()).isEqualTo(form);
    }

    @Test
    void onlyTheDeploymentsOfARegionAreServed() throws Exception {
        use(RegionConfig.named("eastus").deployments("gpt-4o"));

        HttpResponse<String> other = caller.post(Caller.CHAT.replace("gpt-4o", "gpt-5"), Caller.CHAT_BODY);

        assertThat(caller.chat().statusCode()).isEqualTo(200);
        assertThat(other.statusCode()).isEqualTo(404);
        assertThat(other.body()).contains("DeploymentNotFound");
    }

    @Test
    void aKeyIsTakenAsHeaderOrBearerTokenAndAWrongOneRefused() throws Exception {
        use(RegionConfig.named("eastus").apiKey("k1"));

        assertThat(withHeader("api-key", "k1")).isEqualTo(200);
        assertThat(withHeader("authorization", "Bearer k1")).isEqualTo(200);
        assertThat(withHeader("api-key", "k2")).isEqualTo(401);
        assertThat(caller.chat().body()).contains("\"code\":\"401\"", "invalid subscription key");
    }

    @Test
    void aQuotaIsToldAndEnforced() throws Exception {
        use(RegionConfig.named("eastus")
                .tokensPerMinute(40)
                .requestsPerMinute(60)
                .clock(clock::get));

        HttpResponse<String> first = caller.chat();
        clock.addAndGet(8_500_000_000L);
        caller.chat();
        HttpResponse<String> third = caller.chat();
        clock.addAndGet(51_500_000_000L);
        HttpResponse<String> fourth = caller.chat();

        assertThat(first.headers().firstValue("x-ratelimit-limit-tokens")).contains("40");
        assertThat(first.headers().firstValue("x-ratelimit-remaining-tokens")).contains("20");
        assertThat(first.headers().firstValue("x-ratelimit-limit-requests")).contains("60");
        assertThat(first.headers().firstValue("x-ratelimit-remaining-requests")).contains("59");
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.headers().firstValue("retry-after")).contains("52");
        assertThat(third.headers().firstValue("retry-after-ms")).contains("51500");
        assertThat(third.body())
                .contains("\"code\":\"429\"", "exceeded token rate limit", "Please retry after 52 seconds.")
                .contains("ChatCompletions_Create", "2024-10-21");
        assertThat(fourth.statusCode()).isEqualTo(200);
    }

    @Test
    void aCallLargerThanTheWholeLimitIsRefusedForADay() throws Exception {
        use(RegionConfig.named("eastus").tokensPerMinute(19));

        HttpResponse<String> response = caller.chat();

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("retry-after")).contains("86400");
    }

    @Test
    void requestsPerMinuteAreRefusedByTheirOwnMessage() throws Exception {
        use(RegionConfig.named("eastus").requestsPerMinute(6).clock(clock::get));
        caller.chat();

        HttpResponse<String> second = caller.chat();

        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.headers().firstValue("x-ratelimit-reset-requests")).contains("10");
        assertThat(second.body()).contains("exceeded call rate limit", "Please retry after 10 seconds.");
    }

    @Test
    void theLogHasRequestsAsTheyCame() throws Exception {
        caller.send(caller.to(Caller.CHAT + "&x=%20y")
                .header("X-Two", "a")
                .header("X-Two", "b")
                .POST(BodyPublishers.ofString(Caller.CHAT_BODY)));

        ReceivedRequest request = region.log().get(0);
        request.ending().get(5, TimeUnit.SECONDS);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri()).isEqualTo(Caller.CHAT + "&x=%20y");
        assertThat(request.headers()).containsEntry("x-two", List.of("a", "b"));
        assertThat(request.bodyText()).isEqualTo(Caller.CHAT_BODY);
        assertThat(request.status()).isEqualTo(200);
        assertThat(request.completed()).isTrue();
        assertThat(request.cancelled()).isFalse();

        region.clearLog();
        assertThat(region.log()).isEmpty();
    }

    @Test
    void brokenJsonIsTheCallersMistake() throws Exception {
        HttpResponse<String> response = caller.post(Caller.CHAT, "{\"messages\":");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("invalid_request_error");
    }

    @Test
    void aBodyOf25MebibytesIsTaken() throws Exception {
        String large = "x".repeat(25 * 1024 * 1024 - 100);
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"" + large + "\"}]}";

        HttpResponse<String> response = caller.post(Caller.CHAT, body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(region.log().get(0).body()).hasSize(body.length());
    }

    @Test
    void sixtyFourCallsAreAnsweredAtOnce() throws Exception {
        region.faults().add(Fault.stallStream(1).times(32));
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            calls.add(caller.begin(Caller.CHAT, Caller.CHAT_STREAM));
        }
        region.awaitLog(32, Duration.ofSeconds(5));
        List<CompletableFuture<HttpResponse<String>>> others = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            others.add(caller.begin(Caller.CHAT, Caller.CHAT_BODY));
        }

        for (CompletableFuture<HttpResponse<String>> call : others) {
            assertThat(call.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        assertThat(calls).noneMatch(CompletableFuture::isDone);
        calls.forEach(call -> call.cancel(true));
    }

    @Test
    void aClosedRegionRefusesConnectionsAndCanBeStartedAgainOnItsPort() throws Exception {
        int port = region.endpoint().getPort();
        caller.chat();
        region.close();

        assertThatThrownBy(() -> caller.chat()).isInstanceOf(IOException.class);

        use(RegionConfig.named("eastus2").port(port));
        assertThat(caller.chat().statusCode()).isEqualTo(200);
    }

    @Test
    void wrongSettingsAreRefused() {
        Map<String, Runnable> wrong = Map.of(
                "port: 65536 (expected: 0 to 65535)",
                        () -> RegionConfig.named("x").port(65_536),
                "name:   (expected: not blank)", () -> RegionConfig.named(" "));

        wrong.forEach((message, action) -> assertThatThrownBy(action::run).hasMessage(message));
    }

    private int withHeader(String name, String value) throws Exception {
        return caller.send(caller.to(Caller.CHAT).header(name, value).POST(BodyPublishers.ofString(Caller.CHAT_BODY)))
                .statusCode();
    }

    private void use(RegionConfig config) {
        region.close();
        region = SimulatedRegion.start(config);
        caller = new Caller(region);
    }
}
