package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import io.github.regionrouter.testing.WireRegion;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R11 as both hosts keep it: a stream that fails before its first content is a failed attempt that no caller sees. */
abstract class LateCommitContract extends RouterContract {

    static final String RESPONSES = "/openai/v1/responses";
    static final String RESPONSES_STREAM =
            "{\"model\":\"gpt-4o\",\"stream\":true,\"store\":false,\"input\":\"one two\"}";
    static final String RATE_LIMIT = "{\"error\":{\"message\":\"Too many. Please retry after 7 seconds.\","
            + "\"type\":\"too_many_requests\",\"param\":null,\"code\":\"rate_limit_exceeded\"}}";
    static final String OK_THEN_ELSEWHERE = "eastus;status=200;next_region, westus;status=200;return";
    static final String ROLE =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";
    static final String FILTER =
            "data: {\"id\":\"\",\"choices\":[],\"prompt_filter_results\":[{\"prompt_index\":0}]}\n\n";
    static final String WORD = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word\"}}]}\n\n";
    static final String FINISH =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    final HandClock clock = new HandClock();
    final SimulatedRegion east = region("eastus");
    final SimulatedRegion west = region("westus");
    final SettingsJson both = SettingsJson.model("gpt-4o", at(east), at(west));

    LateCommitContract(HostUnderTest host) {
        super(host);
    }

    static Reply stream(Caller caller, String family) throws Exception {
        return family.equals("chat")
                ? caller.post(Caller.CHAT, Caller.STREAM_BODY)
                : caller.post(RESPONSES, RESPONSES_STREAM);
    }

    static void isWhole(Reply reply, String family) {
        assertThat(reply.isOk().header("content-type")).startsWith("text/event-stream");
        assertThat(reply.text())
                .contains("westus", "echoes")
                .doesNotContain("eastus", "\"error\":{", "event: error")
                .endsWith("\n\n");
        assertThat(reply.text()).contains(family.equals("chat") ? "data: [DONE]" : "event: response.completed");
    }

    WireRegion streaming(String events) throws IOException {
        return wireRegion(WireRegion.answering(
                events.getBytes(UTF_8), "HTTP/1.1 200 OK", "Content-Type: text/event-stream; charset=utf-8"));
    }

    @ParameterizedTest
    @CsvSource({"chat, 0", "chat, 1", "chat, 2", "responses, 0", "responses, 1", "responses, 2", "responses, 4"})
    void anErrorBeforeContentIsAFailedAttempt(String family, int events) throws Exception {
        Caller caller = start(both, clock);
        east.faults()
                .add(Fault.errorEvent(
                        events, "{\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\",\"code\":null}}"));

        Reply reply = stream(caller, family);

        isWhole(reply, family);
        assertThat(reply.attempts()).isEqualTo(OK_THEN_ELSEWHERE);
        assertThat(reply.header("x-router-region")).isEqualTo("westus");
        assertThat(reply.header("backend-service-url"))
                .isEqualTo(west.endpoint().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"error\",\"code\":\"server_error\",\"message\":\"x\",\"param\":null,\"sequence_number\":1}",
                "{\"type\":\"error\",\"error\":{\"type\":\"server_error\",\"code\":null,\"message\":\"x\"}}",
                "not json"
            })
    void anErrorThatItsEventLineNamesIsOne(String json) throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.namedErrorEvent(2, "error", json));

        Reply reply = stream(caller, "responses");

        isWhole(reply, "responses");
        assertThat(reply.attempts()).isEqualTo(OK_THEN_ELSEWHERE);
    }

    @Test
    void aResponseThatFailsBeforeItHasContentIsAFailedAttempt() throws Exception {
        Caller caller = start(both, clock);
        east.faults()
                .add(Fault.namedErrorEvent(
                        2,
                        "response.failed",
                        "{\"type\":\"response.failed\",\"sequence_number\":2,\"response\":{\"id\":\"resp_1\","
                                + "\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":\"x\"}}}"));

        Reply reply = stream(caller, "responses");

        isWhole(reply, "responses");
        assertThat(reply.attempts()).isEqualTo(OK_THEN_ELSEWHERE);
    }

    @Test
    void aResponseThatFailsForTheRateLimitCoolsItsRegion() throws Exception {
        Caller caller = start(both, clock);
        east.faults()
                .add(Fault.namedErrorEvent(
                                1,
                                "response.failed",
                                "{\"type\":\"response.failed\",\"sequence_number\":2,\"response\":{\"id\":\"resp_1\","
                                        + "\"status\":\"failed\",\"error\":{\"code\":\"rate_limit_exceeded\","
                                        + "\"message\":\"Please retry after 9 seconds.\"}}}")
                        .times(1));

        isWhole(stream(caller, "responses"), "responses");
        clock.advance(Duration.ofMillis(8_999));
        assertThat(caller.chat().isOk().attempts()).isEqualTo("westus;status=200;return");
        clock.advance(Duration.ofMillis(2));
        assertThat(caller.chat().isOk().attempts()).isEqualTo("eastus;status=200;return");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "responses"})
    void aRateLimitInTheFirstEventCoolsTheRegionLikeA429(String family) throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.errorEvent(0, RATE_LIMIT).times(1));

        isWhole(stream(caller, family), family);

        clock.advance(Duration.ofMillis(6_999));
        assertThat(caller.chat().isOk().attempts()).isEqualTo("westus;status=200;return");
        clock.advance(Duration.ofMillis(2));
        assertThat(caller.chat().isOk().attempts()).isEqualTo("eastus;status=200;return");
    }

    @Test
    void anyOtherErrorInTheFirstEventCountsForTheBreaker() throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.errorEvent());

        for (int i = 0; i < 3; i++) {
            assertThat(stream(caller, "chat").isOk().attempts()).isEqualTo(OK_THEN_ELSEWHERE);
        }

        assertThat(stream(caller, "chat").isOk().attempts()).isEqualTo("westus;status=200;return");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "responses"})
    void whenEveryStreamBeginsWithAnErrorTheCallerGets503(String family) throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.errorEvent());
        west.faults().add(Fault.errorEvent());

        Reply reply = stream(caller, family).isError(503, "upstream_failed");

        assertThat(reply.attempts()).isEqualTo("eastus;status=200;next_region, westus;status=200;exhausted");
    }

    @Test
    void whenEveryStreamBeginsWithARateLimitTheCallerGets429() throws Exception {
        Caller caller = start(both.retry("\"maxWaitSeconds\":1"), clock);
        east.faults().add(Fault.errorEvent(0, RATE_LIMIT));
        west.faults().add(Fault.errorEvent(0, RATE_LIMIT.replace("7 seconds", "4 seconds")));

        Reply reply = stream(caller, "chat").isError(429, "429");

        assertThat(reply.header("retry-after")).isEqualTo("4");
        assertThat(reply.header("retry-after-ms")).isEqualTo("4000");
        assertThat(reply.message()).contains("Please retry after 4 seconds.");
        assertThat(reply.attempts()).isEqualTo("eastus;status=200;next_region, westus;status=200;exhausted");
    }

    @Test
    void aRateLimitInTheOnlyStreamIsWaitedFor() throws Exception {
        Caller caller = start(SettingsJson.model("gpt-4o", at(west)), clock);
        west.faults().add(Fault.errorEvent(0, RATE_LIMIT).times(1));

        CompletableFuture<Reply> reply = caller.begin(Caller.CHAT, Caller.STREAM_BODY);
        clock.awaitTimer(Duration.ofSeconds(7), Duration.ofMillis(7_100));
        clock.advance(Duration.ofMillis(7_100));

        Reply answer = reply.get(10, TimeUnit.SECONDS);
        isWhole(answer, "chat");
        assertThat(answer.attempts()).isEqualTo("westus;status=200;wait, westus;status=200;return");
    }

    @ParameterizedTest
    @CsvSource({"chat, 0", "chat, 1", "chat, 2", "responses, 0", "responses, 1", "responses, 2"})
    void aCutBeforeContentIsAFailedAttempt(String family, int events) throws Exception {
        for (Fault cut : new Fault[] {Fault.cutStream(events), Fault.endStream(events), Fault.resetStream(events)}) {
            east.faults().clear();
            east.faults().add(cut);
            Caller caller = start(both, clock);

            Reply reply = stream(caller, family);

            isWhole(reply, family);
            assertThat(reply.attempts())
                    .as("%s", cut)
                    .matches("eastus;status=(0|200);next_region, westus;status=200;return");
        }
    }

    @Test
    void aWholeStreamPassesByteForByte() throws Exception {
        String odd = "\uFEFF: hello\r\nid: 7\r\nretry: 10\r\n" + FILTER.replace("\n", "\r\n") + ROLE
                + "data:{\"choices\":[{\"delta\":{\"content\":" + "\"süß 🦊\"}}]}\r\r"
                + "event: odd\ndata: [1,\ndata: 2\n\n: comment\n\n" + FINISH + ": after\n\n";
        WireRegion region = streaming(odd);
        Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", region.endpoint())), clock);

        Reply reply = caller.post(Caller.CHAT, Caller.STREAM_BODY).isOk();

        assertThat(reply.text()).isEqualTo(odd);
        assertThat(reply.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
    }

    @Test
    void aStreamOfARegionPassesByteForByte() throws Exception {
        Caller caller = start(both, clock);

        for (String family : new String[] {"chat", "responses"}) {
            Reply direct = family.equals("chat")
                    ? new Caller(east.endpoint())
                            .with("api-key", SettingsJson.keyOf("eastus"))
                            .post(Caller.CHAT, Caller.STREAM_BODY)
                    : new Caller(east.endpoint())
                            .with("api-key", SettingsJson.keyOf("eastus"))
                            .post(RESPONSES, RESPONSES_STREAM);
            assertThat(shape(stream(caller, family))).isEqualTo(shape(direct.isOk()));
        }
    }

    private static String shape(Reply reply) {
        return reply.text().replaceAll("\"(id|item_id)\":\"[^\"]*\"", "").replaceAll("\"created(_at)?\":\\d+", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"data: {malformed\n\n", "data: {\"choices\":[{\"delta\":{\"content\":\"x\n\n", "data: 7\n\n"})
    void dataThatIsNoJsonPasses(String malformed) throws Exception {
        WireRegion region = streaming(ROLE + malformed + WORD + FINISH);
        Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", region.endpoint()), at(west)), clock);

        Reply reply = caller.post(Caller.CHAT, Caller.STREAM_BODY).isOk();

        assertThat(reply.text()).isEqualTo(ROLE + malformed + WORD + FINISH);
        assertThat(reply.attempts()).isEqualTo("eastus;status=200;return");
    }

    @Test
    void anErrorBehindRoleAndFilterResultsIsNotSeen() throws Exception {
        WireRegion region = streaming(FILTER + ": keepalive\n\n" + ROLE + "data: " + RATE_LIMIT + "\n\n");
        Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", region.endpoint()), at(west)), clock);

        Reply reply = caller.post(Caller.CHAT, Caller.STREAM_BODY);

        isWhole(reply, "chat");
        assertThat(reply.attempts()).isEqualTo(OK_THEN_ELSEWHERE);
    }

    @Test
    void aWholeStreamWithoutContentPasses() throws Exception {
        String filtered = FILTER + ROLE + FINISH.replace("stop", "content_filter");
        WireRegion region = streaming(filtered);
        Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", region.endpoint()), at(west)), clock);

        Reply reply = caller.post(Caller.CHAT, Caller.STREAM_BODY).isOk();

        assertThat(reply.text()).isEqualTo(filtered);
    }

    @Test
    void anEmptyStreamIsAFailure() throws Exception {
        WireRegion region = streaming("");
        Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", region.endpoint()), at(west)), clock);

        Reply reply = caller.post(Caller.CHAT, Caller.STREAM_BODY);

        isWhole(reply, "chat");
        assertThat(reply.attempts()).isEqualTo(OK_THEN_ELSEWHERE);
    }

    @Test
    void aJsonAnswerToAStreamPasses() throws Exception {
        WireRegion region = wireRegion(WireRegion.answering(
                "{\"choices\":[]}".getBytes(UTF_8), "HTTP/1.1 200 OK", "Content-Type: application/json"));
        Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", region.endpoint())), clock);

        assertThat(caller.post(Caller.CHAT, Caller.STREAM_BODY).isOk().text()).isEqualTo("{\"choices\":[]}");
    }

    @Test
    void aStreamOfAnthropicThatBeginsWithAnErrorIsAskedForElsewhere() throws Exception {
        WireRegion busy = streaming("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                + "\"message\":\"Overloaded\"}}\n\n");
        String good = "event: message_start\ndata: {\"type\":\"message_start\"}\n\n"
                + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                + "{\"type\":\"text_delta\",\"text\":\"hi\"}}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
        WireRegion well = streaming(good);
        Caller caller = start(
                SettingsJson.model("claude", at("eastus", busy.endpoint()), at("westus", well.endpoint())), clock);

        Reply reply = caller.post(
                        "/anthropic/v1/messages",
                        "{\"model\":\"claude\",\"stream\":true,\"max_tokens\":9,\"messages\":[]}")
                .isOk();

        assertThat(reply.text()).isEqualTo(good);
        assertThat(reply.attempts()).isEqualTo(OK_THEN_ELSEWHERE);
    }

    @Test
    void aStoredResponseWhoseStreamFailsIsNotSentTwice() throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.cutStream(2));

        Reply reply = caller.post(RESPONSES, RESPONSES_STREAM.replace(",\"store\":false", ""));

        assertThat(reply.status()).isEqualTo(502);
        assertThat(west.log()).isEmpty();
    }
}
