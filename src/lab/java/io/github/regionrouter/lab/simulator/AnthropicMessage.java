package io.github.regionrouter.lab.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code /anthropic/v1/messages}, after Anthropic's documentation of the API.
 *
 * @param stopReason {@code end_turn}, {@code max_tokens} or, for the content filter, {@code refusal}
 */
record AnthropicMessage(String id, String model, Generation generation, String stopReason) {

    static AnthropicMessage of(Call call) {
        Generation generation = Generation.of(call);
        String reason = switch (generation.end()) {
            case FILTERED -> "refusal";
            case LIMIT -> "max_tokens";
            case NATURAL -> "end_turn";
        };
        return new AnthropicMessage(Ids.of("msg_"), call.deployment(), generation, reason);
    }

    Map<String, @Nullable Object> whole() {
        return message(List.of(Json.map("type", "text", "text", generation.text())), stopReason, generation.size());
    }

    /** Named events, without {@code [DONE]}. */
    List<SseEvent> events() {
        List<SseEvent> events = new ArrayList<>();
        events.add(event("message_start", Json.map("message", message(List.of(), null, 1))));
        events.add(event(
                "content_block_start", Json.map("index", 0, "content_block", Json.map("type", "text", "text", ""))));
        events.add(event("ping", Json.map()));
        for (String token : generation.tokens()) {
            events.add(delta(token));
        }
        events.add(event("content_block_stop", Json.map("index", 0)));
        events.add(event(
                "message_delta",
                Json.map(
                        "delta",
                        Json.map("stop_reason", stopReason, "stop_sequence", null),
                        "usage",
                        Json.map("output_tokens", generation.size()))));
        events.add(event("message_stop", Json.map()));
        return events;
    }

    private Map<String, @Nullable Object> message(List<?> content, @Nullable String reason, int written) {
        return Json.map(
                "id",
                id,
                "type",
                "message",
                "role",
                "assistant",
                "model",
                model,
                "content",
                content,
                "stop_reason",
                reason,
                "stop_sequence",
                null,
                "usage",
                usage(written));
    }

    /** Anthropic counts what came from the cache apart. */
    private Map<String, @Nullable Object> usage(int written) {
        return Json.map(
                "input_tokens",
                generation.promptTokens() - generation.cachedTokens(),
                "cache_creation_input_tokens",
                0,
                "cache_read_input_tokens",
                generation.cachedTokens(),
                "output_tokens",
                written);
    }

    private static SseEvent delta(String token) {
        Map<String, @Nullable Object> delta = Json.map("type", "text_delta", "text", token);
        return new SseEvent(
                "content_block_delta",
                Json.text(Json.map("type", "content_block_delta", "index", 0, "delta", delta)),
                true);
    }

    private static SseEvent event(String type, Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> data = Json.map("type", type);
        data.putAll(fields);
        return new SseEvent(type, Json.text(data), false);
    }
}
