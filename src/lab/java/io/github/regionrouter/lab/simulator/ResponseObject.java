package io.github.regionrouter.lab.simulator;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code responses} with one message, in the states in which a stream shows it.
 *
 * @param created seconds since 1970
 * @param stored whether the caller left the answer to be kept, as the service does by default
 */
record ResponseObject(String id, String messageId, long created, String model, boolean stored, Generation generation) {

    static ResponseObject of(Call call, Generation generation) {
        long now = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
        boolean stored = !Boolean.FALSE.equals(call.json().value("store"));
        return new ResponseObject(Ids.of("resp_"), Ids.of("msg_"), now, call.deployment(), stored, generation);
    }

    Map<String, @Nullable Object> inProgress() {
        return response("in_progress", List.of(), null);
    }

    Map<String, @Nullable Object> completed() {
        return response("completed", List.of(message("completed", List.of(part(generation.text())))), usage());
    }

    Map<String, @Nullable Object> message(String status, List<?> content) {
        return Json.map(
                "id", messageId,
                "type", "message",
                "status", status,
                "role", "assistant",
                "content", content);
    }

    Map<String, @Nullable Object> part(String text) {
        return Json.map("type", "output_text", "annotations", List.of(), "logprobs", List.of(), "text", text);
    }

    private Map<String, @Nullable Object> response(String status, List<?> output, @Nullable Object usage) {
        return Json.map(
                "id",
                id,
                "object",
                "response",
                "created_at",
                created,
                "status",
                status,
                "background",
                false,
                "error",
                null,
                "incomplete_details",
                null,
                "instructions",
                null,
                "metadata",
                Json.map(),
                "model",
                model,
                "output",
                output,
                "parallel_tool_calls",
                true,
                "previous_response_id",
                null,
                "store",
                stored,
                "temperature",
                1.0,
                "tool_choice",
                "auto",
                "tools",
                List.of(),
                "top_p",
                1.0,
                "usage",
                usage);
    }

    private Map<String, @Nullable Object> usage() {
        return Json.map(
                "input_tokens",
                generation.promptTokens(),
                "input_tokens_details",
                Json.map("cached_tokens", 0, "cache_write_tokens", 0),
                "output_tokens",
                generation.size(),
                "output_tokens_details",
                Json.map("reasoning_tokens", 0),
                "total_tokens",
                generation.promptTokens() + generation.size());
    }
}
