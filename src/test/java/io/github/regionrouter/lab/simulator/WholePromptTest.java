package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A prompt is more than its newest message: tools, instructions and earlier turns are read, remembered and filtered too. */
final class WholePromptTest {

    private static final String RESPONSES = "/openai/v1/responses";

    /** 1,500 tokens, of which 1,024 and three times 128 can be remembered. */
    private static final String LONG = "abcd".repeat(1_500);

    private final SimulatedRegion region =
            SimulatedRegion.start(RegionConfig.named("eastus2").tokensPerMinute(1_000_000));
    private final Caller caller = new Caller(region);

    @AfterEach
    void stop() {
        region.close();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/openai/v1/chat/completions|'messages':[{'role':'user','content':'four'}]",
                "/openai/v1/chat/completions|'messages':[{'role':'user','content':'four'}],'tools':[]",
                "/openai/v1/responses|'input':'four'",
            })
    void aPromptAloneCostsItsCharacters(String path, String fields) throws Exception {
        assertThat(promptTokens(path, fields)).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/openai/v1/responses|'input':'four','instructions':'Be brief'|3",
                "/openai/v1/responses|'input':'four','instructions':[{'role':'developer','content':'Be brief'}]|3",
                "/openai/v1/responses|'input':'four','tools':[{'type':'web_search'}],'tool_choice':'none'|7",
                "/openai/v1/chat/completions|'messages':[{'role':'user','content':'four'}],'tools':[{'type':'web_search'}]|7",
                "/anthropic/v1/messages|'max_tokens':1,'messages':[{'role':'user','content':'four'}],'system':'Be brief','tools':[{'name':'t'}]|6",
                "/anthropic/v1/messages/count_tokens|'messages':[{'role':'user','content':'four'}],'tools':[{'name':'t'}]|4",
            })
    void toolsAndInstructionsCostTheirCharacters(String path, String fields, long tokens) throws Exception {
        assertThat(promptTokens(path, fields)).isEqualTo(tokens);
    }

    @Test
    void toolsAndInstructionsAreChargedToTheQuota() throws Exception {
        HttpResponse<String> response =
                caller.post(RESPONSES, "{\"model\":\"gpt-4o\",\"input\":\"four\",\"instructions\":\"" + LONG + "\"}");

        assertThat(response.headers().firstValue("x-ratelimit-remaining-tokens"))
                .contains(String.valueOf(1_000_000 - 1_500 - 1 - 16));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/openai/v1/responses|'instructions':'LONG','input':'QUESTION'",
                "/openai/v1/responses|'tools':[{'type':'LONG'}],'input':'QUESTION'",
                "/openai/v1/chat/completions|'tools':[{'type':'LONG'}],'messages':[{'role':'user','content':'QUESTION'}]",
            })
    void theyAreTheBeginningThatIsRemembered(String path, String fields) throws Exception {
        String one = fields.replace("LONG", LONG).replace("QUESTION", "one");

        assertThat(cachedTokens(path, one)).isZero();
        assertThat(cachedTokens(path, one.replace("one", "two"))).isEqualTo(1_408);
        assertThat(cachedTokens(path, one.replace("abcd", "abce"))).isZero();
    }

    @Test
    void theyAreFiltered() throws Exception {
        HttpResponse<String> refused =
                caller.post(RESPONSES, body("'input':'four','instructions':'[[filter prompt]]'"));
        HttpResponse<String> cut = caller.post(RESPONSES, body("'input':'four','instructions':'[[filter answer]]'"));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("\"code\":\"content_filter\"");
        assertThat(cut.body()).contains("\"status\":\"incomplete\"");
    }

    @Test
    void onlyTheNewestMessageIsEchoed() throws Exception {
        assertThat(caller.post(RESPONSES, body("'input':'four','instructions':'Be brief'"))
                        .body())
                .contains("eastus2 echoes: four four");
        assertThat(caller.post(RESPONSES, body("'input':[],'instructions':'Be brief'"))
                        .body())
                .contains("eastus2 echoes: nothing");
    }

    @Test
    void aFollowUpReadsTheTurnsBeforeIt() throws Exception {
        JsonObject first = response("'input':'" + LONG + "'");
        String answer = JsonObject.of(JsonObject.of(first.list("output").get(0))
                        .orElseThrow()
                        .list("content")
                        .get(0))
                .orElseThrow()
                .text("text")
                .orElseThrow();

        JsonObject second = response("'input':'four','previous_response_id':'" + id(first) + "'");
        JsonObject third = response("'input':'five','previous_response_id':'" + id(second) + "'");

        assertThat(inputTokens(second)).isEqualTo((LONG.length() + answer.length() + 4 + 3) / 4);
        assertThat(cachedTokens(second)).isEqualTo(1_408);
        assertThat(inputTokens(third)).isGreaterThan(inputTokens(second) + 1);
    }

    @Test
    void aFollowUpHasNoInstructionsBesideItsOwn() throws Exception {
        JsonObject first = response("'input':'four','instructions':'" + LONG + "'");

        JsonObject second = response("'input':'four','previous_response_id':'" + id(first) + "'");

        assertThat(inputTokens(second)).isLessThan(100);
        assertThat(second.value("instructions")).isNull();
    }

    @Test
    void whatTheCallerSaidOfAResponseComesBack() throws Exception {
        JsonObject made = response("'input':'four','instructions':'Be brief','metadata':{'case':'7'},"
                + "'tools':[{'type':'web_search'}],'tool_choice':'none','max_output_tokens':50,'temperature':0.5");

        JsonObject read = Caller.json(
                caller.send(caller.to(RESPONSES + "/" + id(made)).GET()).body());

        assertThat(read).isEqualTo(made);
        assertThat(read.text("instructions")).contains("Be brief");
        assertThat(read.object("metadata").text("case")).contains("7");
        assertThat(read.list("tools")).hasSize(1);
        assertThat(read.text("tool_choice")).contains("none");
        assertThat(read.value("max_output_tokens")).isEqualTo(50);
        assertThat(read.value("temperature")).isEqualTo(0.5);
    }

    @Test
    void aConversationThatIsNowhereIsNotFound() throws Exception {
        HttpResponse<String> byName = caller.post(RESPONSES, body("'input':'four','conversation':'conv_1'"));
        HttpResponse<String> byObject = caller.post(RESPONSES, body("'input':'four','conversation':{'id':'conv_1'}"));

        assertThat(byName.statusCode()).isEqualTo(404);
        assertThat(byName.body()).contains("Conversation with id 'conv_1' not found.", "invalid_request_error");
        assertThat(byObject.body()).isEqualTo(byName.body());
    }

    private JsonObject response(String fields) throws Exception {
        HttpResponse<String> response = caller.post(RESPONSES, body(fields));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Caller.json(response.body());
    }

    private long promptTokens(String path, String fields) throws Exception {
        JsonObject answer = answer(path, fields);
        JsonObject usage = answer.has("usage") ? answer.object("usage") : answer;
        return usage.integer("prompt_tokens")
                .orElseGet(() -> usage.integer("input_tokens").orElseThrow());
    }

    private long cachedTokens(String path, String fields) throws Exception {
        return cachedTokens(answer(path, fields));
    }

    private JsonObject answer(String path, String fields) throws Exception {
        HttpResponse<String> response = caller.send(
                caller.to(path).header("anthropic-version", "2023-06-01").POST(BodyPublishers.ofString(body(fields))));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Caller.json(response.body());
    }

    private static long cachedTokens(JsonObject answer) {
        JsonObject usage = answer.object("usage");
        JsonObject details = usage.has("prompt_tokens_details")
                ? usage.object("prompt_tokens_details")
                : usage.object("input_tokens_details");
        return details.integer("cached_tokens").orElseThrow();
    }

    private static long inputTokens(JsonObject response) {
        return response.object("usage").integer("input_tokens").orElseThrow();
    }

    private static String id(JsonObject response) {
        return response.text("id").orElseThrow();
    }

    private static String body(String fields) {
        return ("{'model':'gpt-4o'," + fields + "}").replace('\'', '"');
    }
}
