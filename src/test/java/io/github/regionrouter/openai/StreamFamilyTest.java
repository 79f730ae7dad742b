package io.github.regionrouter.openai;

import static io.github.regionrouter.openai.StreamEventTest.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** R11: what is content, what is not, what ends a stream. */
class StreamFamilyTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            NOTHING_YET | {"id":"","object":"","created":0,"model":"","choices":[],"prompt_filter_results":[{"prompt_index":0,"content_filter_results":{"hate":{"filtered":false}}}]}
            NOTHING_YET | {"id":"","object":"","created":0,"model":"","choices":[],"prompt_annotations":[{"prompt_index":0,"content_filter_results":{}}]}
            NOTHING_YET | {"choices":[{"index":0,"delta":{"role":"assistant"},"finish_reason":null}]}
            NOTHING_YET | {"choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"finish_reason":null}]}
            NOTHING_YET | {"choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[],"function_call":{},"reasoning_content":null}}]}
            NOTHING_YET | {"id":"","choices":[{"index":0,"finish_reason":null,"content_filter_results":{"error":{"code":"content_filter_error","message":"The contents are not filtered"}},"content_filter_offsets":{"check_offset":44,"start_offset":44,"end_offset":198}}]}
            NOTHING_YET | {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}
            NOTHING_YET | {"choices":[{"index":0,"text":"","finish_reason":null}]}
            NOTHING_YET | {"type":"keepalive","sequence_number":3}
            NOTHING_YET | {"choices":null,"error":null,"delta":null}
            NOTHING_YET | {}
            CONTENT     | {"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}],"usage":null}
            CONTENT     | {"choices":[{"index":0,"delta":{"content":" "}}]}
            CONTENT     | {"choices":[{"index":0,"delta":{}},{"index":1,"delta":{"content":"Hi"}}]}
            CONTENT     | {"choices":[{"delta":{"content":[{"type":"text","text":"Hi"}]}}]}
            CONTENT     | {"choices":[{"delta":{"refusal":"I cannot"}}]}
            CONTENT     | {"choices":[{"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"f","arguments":""}}]}}]}
            CONTENT     | {"choices":[{"delta":{"function_call":{"name":"f","arguments":""}}}]}
            CONTENT     | {"choices":[{"delta":{"audio":{"id":"audio_1","transcript":"Hi"}}}]}
            CONTENT     | {"choices":[{"delta":{"reasoning_content":"hm"}}]}
            CONTENT     | {"choices":[{"delta":{"reasoning":"hm"}}]}
            CONTENT     | {"choices":[{"index":0,"text":"Hi","finish_reason":null}]}
            CONTENT     | {"choices":[{"index":0,"delta":{"con
            CONTENT     | {"choices":[]} {}
            CONTENT     | [1,2]
            CONTENT     | hello
            END         | {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}
            END         | {"choices":[{"index":0,"delta":{},"finish_reason":"content_filter"}]}
            END         | {"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":"length"}]}
            END         | {"choices":[{"index":0,"text":"Hi","finish_reason":"stop"}]}
            END         | [DONE]
            ERROR       | {"error":{"message":"That model is currently overloaded with other requests.","type":"server_error","param":null,"code":null}}
            ERROR       | {"error":{}}
            ERROR       | {"error":"broken"}
            ERROR       | {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}],"error":{"code":"429"}}
            """, delimiter = '|', quoteCharacter = '\0')
    void chat(Meaning meaning, String data) {
        StreamEvent event = event("data: " + data + "\n\n");

        assertThat(StreamFamily.CHAT.meaning(event)).isEqualTo(meaning);
        assertThat(StreamFamily.CHAT.isLast(event)).isEqualTo(data.equals("[DONE]"));
        assertThat(StreamFamily.CHAT.error(event) != null).isEqualTo(meaning == Meaning.ERROR);
        assertThat(StreamFamily.OTHER.meaning(event)).isEqualTo(data.equals("[DONE]") ? Meaning.END : Meaning.CONTENT);
        assertThat(StreamFamily.OTHER.error(event)).isNull();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            NOTHING_YET | false | {"type":"response.created","response":{"id":"resp_1","status":"in_progress","error":null,"output":[]},"sequence_number":0}
            NOTHING_YET | false | {"type":"response.queued","response":{},"sequence_number":1}
            NOTHING_YET | false | {"type":"response.in_progress","response":{"error":null},"sequence_number":1}
            NOTHING_YET | false | {"type":"keepalive","sequence_number":3}
            NOTHING_YET | false | {"type":"response.output_item.added","output_index":0,"item":{"id":"msg_1","type":"message","status":"in_progress","role":"assistant","content":[]},"sequence_number":2}
            NOTHING_YET | false | {"type":"response.output_item.added","item":{"id":"rs_1","type":"reasoning","summary":[],"encrypted_content":"gAAAA"}}
            NOTHING_YET | false | {"type":"response.output_item.added","item":{"type":"function_call","id":"fc_1","call_id":"call_1","name":"f","arguments":""}}
            NOTHING_YET | false | {"type":"response.content_part.added","part":{"type":"output_text","text":"","annotations":[]}}
            NOTHING_YET | false | {"type":"response.output_text.delta","delta":""}
            NOTHING_YET | false | {"type":"response.web_search_call.searching","item_id":"ws_1"}
            NOTHING_YET | false | {"type":"response.something.new","text":"x"}
            NOTHING_YET | false | {"sequence_number":1}
            CONTENT     | false | {"type":"response.output_item.added","item":{"type":"mcp_approval_request","arguments":"{}"}}
            CONTENT     | false | {"type":"response.content_part.added","part":{"type":"output_text","text":"Hi"}}
            CONTENT     | false | {"type":"response.output_text.delta","item_id":"msg_1","delta":"Hi","logprobs":[]}
            CONTENT     | false | {"type":"response.refusal.delta","delta":"No"}
            CONTENT     | false | {"type":"response.function_call_arguments.delta","delta":"{"}
            CONTENT     | false | {"type":"response.mcp_call_arguments.delta","delta":{"city":"x"}}
            CONTENT     | false | {"type":"response.reasoning_summary_text.delta","delta":"hm"}
            CONTENT     | false | {"type":"response.audio.delta","delta":"AAAA"}
            CONTENT     | false | {"type":"response.image_generation_call.partial_image","partial_image_b64":"AAAA"}
            CONTENT     | false | {"type":"response.output_text.done","text":"Hi"}
            CONTENT     | false | {"type":"response.output_item.done","item":{"type":"reasoning","summary":[]}}
            CONTENT     | false | {"type":"response.something.new.delta","delta":"x"}
            CONTENT     | false | {"type":"response.something.new","delta":"x"}
            CONTENT     | false | {"type":"response.output_text.delta","delta":"H
            END         | true  | {"type":"response.completed","response":{"id":"resp_1","status":"completed","error":null}}
            END         | true  | {"type":"response.incomplete","response":{"incomplete_details":{"reason":"max_output_tokens"}}}
            ERROR       | true  | {"type":"response.failed","response":{"status":"failed","error":{"code":"server_error","message":"The model failed."}}}
            ERROR       | false | {"type":"error","code":"server_error","message":"x","param":null,"sequence_number":2}
            ERROR       | false | {"type":"error","error":{"type":"server_error","code":"429","message":"x"}}
            ERROR       | false | {"error":{"message":"x","code":"429"}}
            ERROR       | false | {"error":{"message":"x"},"sequence_number":99999999999999999999}
            """, delimiter = '|', quoteCharacter = '\0')
    void responses(Meaning meaning, boolean last, String data) {
        String unnamed = "data: " + data + "\n\n";
        String type = data.startsWith("{\"type\":\"") ? data.split("\"")[3] : null;
        for (String raw : type == null
                ? List.of(unnamed)
                : List.of(unnamed, "event: message\n" + unnamed, "event: " + type + "\n" + unnamed)) {
            StreamEvent event = event(raw);
            assertThat(StreamFamily.RESPONSES.meaning(event)).as(raw).isEqualTo(meaning);
            assertThat(StreamFamily.RESPONSES.isLast(event)).as(raw).isEqualTo(last);
            assertThat(StreamFamily.RESPONSES.error(event) != null).isEqualTo(meaning == Meaning.ERROR);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            NOTHING_YET | false | {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","content":[],"usage":{"input_tokens":25}}}
            NOTHING_YET | false | {"type":"ping"}
            NOTHING_YET | false | {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}
            NOTHING_YET | false | {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}
            NOTHING_YET | false | {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":""}}
            NOTHING_YET | false | {"type":"content_block_stop","index":0}
            NOTHING_YET | false | {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":15}}
            NOTHING_YET | false | {"type":"something_new","index":0}
            CONTENT     | false | {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}
            CONTENT     | false | {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"a"}}
            CONTENT     | false | {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}
            CONTENT     | false | {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"f","input":{}}}
            CONTENT     | false | {"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"xyz"}}
            END         | true  | {"type":"message_stop"}
            ERROR       | false | {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}
            """, delimiter = '|', quoteCharacter = '\0')
    void anthropic(Meaning meaning, boolean last, String data) {
        String unnamed = "data: " + data + "\n\n";
        for (String raw : List.of(unnamed, "event: " + data.split("\"")[3] + "\n" + unnamed)) {
            StreamEvent event = event(raw);
            assertThat(StreamFamily.ANTHROPIC.meaning(event)).as(raw).isEqualTo(meaning);
            assertThat(StreamFamily.ANTHROPIC.isLast(event)).as(raw).isEqualTo(last);
            assertThat(StreamFamily.ANTHROPIC.error(event) != null).isEqualTo(meaning == Meaning.ERROR);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = StreamFamily.class,
            names = {"CHAT", "RESPONSES", "ANTHROPIC"})
    void inEveryFamilyACommentIsNothingAndDoneTheEndAndAnErrorAnError(StreamFamily family) {
        assertThat(family.meaning(event(": keepalive\n\n"))).isEqualTo(Meaning.NOTHING_YET);
        assertThat(family.meaning(event("\n"))).isEqualTo(Meaning.NOTHING_YET);
        assertThat(family.meaning(event("data:\n\n"))).isEqualTo(Meaning.NOTHING_YET);
        assertThat(family.isLast(event("data: [DONE]\n\n"))).isTrue();
        StreamEvent error = event("event: error\ndata: upstream went away\n\n");
        assertThat(family.meaning(error)).isEqualTo(Meaning.ERROR);
        assertThat(family.error(error)).isEqualTo(new StreamError(null, "upstream went away", null));
        assertThat(family.error(event("data: {\"error\":{}}\n\n"))).isEqualTo(new StreamError(null, null, null));
    }

    @ParameterizedTest
    @EnumSource(StreamFamily.class)
    void nothingThatComesMakesItFail(StreamFamily family) {
        Random random = new Random(11);
        String[] words = {
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"type\"",
            "\"error\"",
            "\"choices\"",
            "\"delta\"",
            "\"response\"",
            "\"item\"",
            "null",
            "true",
            "1e999999999",
            "-0",
            "\"\\ud800\"",
            "\"response.failed\"",
            "\"code\"",
            "\"message\"",
            "\"finish_reason\"",
            "\"sequence_number\"",
            "\"content\"",
            "\\",
            "\0",
            "é"
        };
        for (int round = 0; round < 5_000; round++) {
            StringBuilder data = new StringBuilder("data: {");
            for (int i = random.nextInt(12); i > 0; i--) {
                data.append(words[random.nextInt(words.length)]);
            }
            StreamEvent event = event(data + "\n\n");
            assertThat(family.meaning(event)).isNotNull();
            assertThat(family.error(event) != null).isEqualTo(family.meaning(event) == Meaning.ERROR);
            assertThat(event.sequenceNumber()).isGreaterThanOrEqualTo(-999_999_999_999_999_999L);
        }
    }

    @Test
    void piecesAreContentAndTheLastOneEndsWhatItsNameSays() {
        String completed =
                "event: response.completed\ndata: {\"type\":\"response.completed\"," + "x".repeat(99) + "\n\n";
        List<StreamEvent> pieces = new EventSplitter(50).feed(ByteBuffer.wrap(completed.getBytes(UTF_8)));

        assertThat(pieces.stream().map(StreamFamily.RESPONSES::meaning))
                .containsExactly(Meaning.CONTENT, Meaning.CONTENT, Meaning.CONTENT, Meaning.END);
        assertThat(pieces.stream().map(StreamFamily.RESPONSES::isLast)).containsExactly(false, false, false, true);
        assertThat(pieces.stream().map(StreamFamily.CHAT::meaning)).containsOnly(Meaning.CONTENT);
    }

    @Test
    void theEndOfALargeEventThatBrokeOffIsNoEventOfItsOwn() {
        EventSplitter splitter = new EventSplitter(14);
        splitter.feed(ByteBuffer.wrap("data: 12345678data: [DONE]\n".getBytes(UTF_8)));

        assertThat(StreamFamily.CHAT.meaning(splitter.rest())).isEqualTo(Meaning.CONTENT);
    }

    @Test
    void anUnfinishedCommentIsNothingButOfAnUnknownFamilyItIsContent() {
        EventSplitter splitter = new EventSplitter(14);
        splitter.feed(ByteBuffer.wrap(": hi\n".getBytes(UTF_8)));

        assertThat(StreamFamily.CHAT.meaning(splitter.rest())).isEqualTo(Meaning.NOTHING_YET);
        assertThat(StreamFamily.OTHER.meaning(splitter.rest())).isEqualTo(Meaning.CONTENT);
    }

    @ParameterizedTest
    @CsvSource({
        "/openai/deployments/gpt-4o/chat/completions, CHAT",
        "/openai/deployments/responses/completions, CHAT",
        "/openai/v1/chat/completions, CHAT",
        "/models/chat/completions, CHAT",
        "/openai/responses, RESPONSES",
        "/openai/v1/responses, RESPONSES",
        "/openai/v1/responses/resp_1, RESPONSES",
        "/openai/deployments/gpt-4o/responses, RESPONSES",
        "/anthropic/v1/messages, ANTHROPIC",
        "/openai/deployments/responses/audio/transcriptions, OTHER",
        "/openai/v1/images/generations, OTHER"
    })
    void thePathTellsTheFamily(String path, StreamFamily family) {
        assertThat(StreamFamily.of(path)).isEqualTo(family);
    }
}
