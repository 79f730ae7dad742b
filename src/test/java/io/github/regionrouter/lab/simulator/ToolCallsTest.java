package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A region that is offered functions asks for a call of the first one, once. */
final class ToolCallsTest {

    private static final String CHAT = "/openai/v1/chat/completions";
    private static final String RESPONSES = "/openai/v1/responses";
    private static final String PARAMETERS = "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"},"
            + "\"unit\":{\"type\":\"string\",\"enum\":[\"C\",\"F\"]},\"days\":{\"type\":\"integer\"},"
            + "\"rain\":{\"type\":\"boolean\"},\"hours\":{\"type\":\"array\"},\"more\":{\"type\":\"object\"},\"any\":{}}}";
    private static final String ARGUMENTS =
            "{\"city\":\"Oslo\",\"unit\":\"C\",\"days\":1,\"rain\":true,\"hours\":[],\"more\":{},\"any\":null}";
    private static final String FUNCTION = "\"name\":\"weather\",\"parameters\":" + PARAMETERS;
    private static final String CHAT_TOOLS = "\"tools\":[{\"type\":\"function\",\"function\":{" + FUNCTION + "}},"
            + "{\"type\":\"function\",\"function\":{\"name\":\"other\"}}]";
    private static final String TOOLS =
            "\"tools\":[{\"type\":\"web_search\"},{\"type\":\"function\"," + FUNCTION + "}]";
    private static final String ASK = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Oslo\"}]";
    private static final String INPUT = "{\"model\":\"gpt-4o\",\"input\":\"Oslo\"";

    private final SimulatedRegion region = SimulatedRegion.start(RegionConfig.named("eastus2"));
    private final Caller caller = new Caller(region);

    @AfterEach
    void stop() {
        region.close();
    }

    @Test
    void aChatWithFunctionsAsksForTheFirst() throws Exception {
        JsonObject choice = choice(ASK + "," + CHAT_TOOLS + "}");

        JsonObject call = first(choice.object("message"), "tool_calls");
        assertThat(choice.text("finish_reason")).contains("tool_calls");
        assertThat(choice.object("message").has("content")).isFalse();
        assertThat(call.text("id").orElseThrow()).startsWith("call_");
        assertThat(call.text("type")).contains("function");
        assertThat(call.object("function").text("name")).contains("weather");
        assertThat(call.object("function").text("arguments")).contains(ARGUMENTS);
    }

    @Test
    void aChatWithAResultIsAnsweredWithText() throws Exception {
        String result = ",{\"role\":\"assistant\",\"tool_calls\":[]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"18 degrees\"}]";

        JsonObject choice = choice(ASK.substring(0, ASK.length() - 1) + result + "," + CHAT_TOOLS + "}");

        assertThat(choice.text("finish_reason")).contains("stop");
        assertThat(choice.object("message").text("content").orElseThrow()).startsWith("eastus2 echoes: 18 degrees");
    }

    @Test
    void aCallerWhoWantsNoCallGetsText() throws Exception {
        assertThat(choice(ASK + ",\"tool_choice\":\"none\"," + CHAT_TOOLS + "}").text("finish_reason"))
                .contains("stop");
    }

    @Test
    void aChatStreamHasTheArgumentsInPieces() throws Exception {
        List<String> data = Caller.data(
                caller.post(CHAT, ASK + ",\"stream\":true," + CHAT_TOOLS + "}").body());

        assertThat(data.get(1)).contains("\"name\":\"weather\",\"arguments\":\"\"", "\"id\":\"call_");
        StringBuilder arguments = new StringBuilder();
        for (String chunk : data.subList(2, data.size() - 2)) {
            JsonObject delta = first(Caller.json(chunk), "choices").object("delta");
            JsonObject function = first(delta, "tool_calls").object("function");
            arguments.append(function.text("arguments").orElseThrow());
        }
        assertThat(arguments).hasToString(ARGUMENTS);
        assertThat(data.get(data.size() - 2)).contains("\"finish_reason\":\"tool_calls\"");
        assertThat(data).endsWith("[DONE]").hasSizeGreaterThan(6);
    }

    @Test
    void aResponseWithFunctionsAsksForTheFirst() throws Exception {
        JsonObject response =
                Caller.json(caller.post(RESPONSES, INPUT + "," + TOOLS + "}").body());

        JsonObject call = first(response, "output");
        assertThat(call.text("type")).contains("function_call");
        assertThat(call.text("id").orElseThrow()).startsWith("fc_");
        assertThat(call.text("call_id").orElseThrow()).startsWith("call_");
        assertThat(call.text("name")).contains("weather");
        assertThat(call.text("arguments")).contains(ARGUMENTS);
    }

    @Test
    void aResponseWithAResultIsAnsweredWithText() throws Exception {
        String input = "{\"model\":\"gpt-4o\",\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"call_1\","
                + "\"output\":\"18 degrees\"}]";

        assertThat(caller.post(RESPONSES, input + "," + TOOLS + "}").body())
                .contains("\"text\":\"eastus2 echoes: 18 degrees");
    }

    @Test
    void aResponseStreamHasTheArgumentsInPieces() throws Exception {
        String stream = caller.post(RESPONSES, INPUT + ",\"stream\":true," + TOOLS + "}")
                .body();

        List<String> names = stream.lines()
                .filter(line -> line.startsWith("event: response."))
                .map(line -> line.substring("event: response.".length()))
                .distinct()
                .toList();
        assertThat(names)
                .containsExactly(
                        "created",
                        "in_progress",
                        "output_item.added",
                        "function_call_arguments.delta",
                        "function_call_arguments.done",
                        "output_item.done",
                        "completed");
        assertThat(Caller.data(stream).stream()
                        .filter(event -> event.contains("arguments.delta"))
                        .map(ToolCallsTest::delta)
                        .collect(Collectors.joining()))
                .isEqualTo(ARGUMENTS);
    }

    private static String delta(String event) {
        try {
            return Caller.json(event).text("delta").orElseThrow();
        } catch (Exception notJson) {
            throw new AssertionError(event, notJson);
        }
    }

    private JsonObject choice(String body) throws Exception {
        return first(Caller.json(caller.post(CHAT, body).body()), "choices");
    }

    private static JsonObject first(JsonObject of, String list) {
        return JsonObject.of(of.list(list).get(0)).orElseThrow();
    }
}
