package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that no region answers with 200. */
final class MistakesTest {

    private static final String SAID = "'messages':[{'role':'user','content':'Hi'}]";

    private final SimulatedRegion region = SimulatedRegion.start(RegionConfig.named("eastus2"));
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
                "chat/completions|'n':1|messages|missing_required_parameter|Missing required parameter: 'messages'.",
                "chat/completions|'messages':[]|messages|empty_array|Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
                "chat/completions|SAID,'max_tokens':0|max_tokens|integer_below_min_value|Invalid 'max_tokens': integer below minimum value. Expected a value >= 1, but got 0 instead.",
                "chat/completions|SAID,'max_completion_tokens':-1|max_completion_tokens|integer_below_min_value|Invalid 'max_completion_tokens': integer below minimum value. Expected a value >= 1, but got -1 instead.",
                "chat/completions|SAID,'max_tokens':'many'|max_tokens|invalid_type|Invalid type for 'max_tokens': expected an integer, but got a string instead.",
                "chat/completions|SAID,'max_tokens':1.5|max_tokens|invalid_type|Invalid type for 'max_tokens': expected an integer, but got a number instead.",
                "chat/completions|SAID,'stream':'yes'|stream|invalid_type|Invalid type for 'stream': expected a boolean, but got a string instead.",
                "completions|'prompt':'Hi','max_tokens':0|max_tokens|integer_below_min_value|Invalid 'max_tokens': integer below minimum value. Expected a value >= 1, but got 0 instead.",
                "completions|'prompt':'Hi','stream':1|stream|invalid_type|Invalid type for 'stream': expected a boolean, but got a number instead.",
                "responses|'store':false|input|missing_required_parameter|One of 'input' or 'previous_response_id' or 'prompt' or 'conversation' must be provided.",
                "responses|'input':'Hi','max_output_tokens':0|max_output_tokens|integer_below_min_value|Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 1, but got 0 instead.",
                "responses|'input':'Hi','max_output_tokens':[]|max_output_tokens|invalid_type|Invalid type for 'max_output_tokens': expected an integer, but got an array instead.",
                "responses|'input':'Hi','stream':'yes'|stream|invalid_type|Invalid type for 'stream': expected a boolean, but got a string instead.",
            })
    void aMistakeIsToldByItsParameter(String path, String fields, String param, String code, String message)
            throws Exception {
        HttpResponse<String> refused = post("/openai/v1/" + path, fields.replace("SAID", SAID));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).isEqualTo(AzureError.openAi(message, "invalid_request_error", param, code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'max_tokens':0,SAID", "'max_tokens':9,'messages':[]", "'max_tokens':9,SAID,'stream':'yes'"})
    void anthropicRefusesThemInItsOwnShape(String fields) throws Exception {
        HttpResponse<String> refused = post("/anthropic/v1/messages", fields.replace("SAID", SAID));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("\"type\":\"error\"", "\"type\":\"invalid_request_error\"");
    }

    @Test
    void nullIsAsGoodAsAbsent() throws Exception {
        assertThat(post("/openai/v1/chat/completions", SAID + ",'max_tokens':null,'stream':null")
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> post(String path, String fields) throws Exception {
        String body = ("{'model':'m'," + fields + "}").replace('\'', '"');
        return caller.send(
                caller.to(path).header("anthropic-version", "2023-06-01").POST(BodyPublishers.ofString(body)));
    }
}
