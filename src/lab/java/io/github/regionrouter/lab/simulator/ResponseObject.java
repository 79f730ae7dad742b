package io.github.regionrouter.lab.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code responses} with one item, in the states in which it is shown.
 *
 * @param created seconds since 1970
 * @param request what was asked, of which much is told again
 */
record ResponseObject(
        String id, long created, String model, JsonObject request, ResponseItem item, Generation generation) {

    static ResponseObject of(Call call, Generation text) {
        JsonObject body = call.json();
        Optional<ToolCall> wish = ToolCall.of(body, "input");
        Generation generation = wish.map(ToolCall::pieces).map(text::instead).orElse(text);
        ResponseItem item = wish.<ResponseItem>map(wanted -> new ResponseItem.Wish(Ids.of("fc_"), wanted))
                .orElseGet(() -> new ResponseItem.Message(Ids.of("msg_"), generation));
        return new ResponseObject(
                Ids.of("resp_"),
                TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()),
                call.deployment(),
                body,
                item,
                generation);
    }

    /** Whether the caller left the answer to be kept, as the service does by default. */
    boolean stored() {
        return !Boolean.FALSE.equals(request.value("store"));
    }

    /** Whether the caller did not want to wait for it. */
    boolean background() {
        return request.isTrue("background");
    }

    Map<String, @Nullable Object> queued() {
        return response("queued", List.of(), null);
    }

    Map<String, @Nullable Object> inProgress() {
        return response("in_progress", List.of(), null);
    }

    /** All of it: completed, or incomplete for the content filter or the caller's limit. */
    Map<String, @Nullable Object> ended() {
        return response(ending(), List.of(item.completed()), usage());
    }

    Map<String, @Nullable Object> cancelled() {
        return response("cancelled", List.of(), null);
    }

    Map<String, @Nullable Object> failed() {
        return response("failed", List.of(), null);
    }

    /** The last status, and the last event's name. */
    String ending() {
        return generation.end() == Generation.End.NATURAL ? "completed" : "incomplete";
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
                background(),
                "error",
                status.equals("failed") ? Json.map("code", "server_error", "message", AzureError.SORRY) : null,
                "incomplete_details",
                status.equals("incomplete") ? Json.map("reason", reason()) : null,
                "instructions",
                request.value("instructions"),
                "max_output_tokens",
                request.value("max_output_tokens"),
                "metadata",
                given("metadata", Json.map()),
                "model",
                model,
                "output",
                output,
                "parallel_tool_calls",
                true,
                "previous_response_id",
                request.value("previous_response_id"),
                "store",
                stored(),
                "temperature",
                given("temperature", 1.0),
                "tool_choice",
                given("tool_choice", "auto"),
                "tools",
                given("tools", List.of()),
                "top_p",
                given("top_p", 1.0),
                "usage",
                usage);
    }

    private String reason() {
        return generation.filtered() ? "content_filter" : "max_output_tokens";
    }

    private Object given(String name, Object absent) {
        Object value = request.value(name);
        return value == null ? absent : value;
    }

    private Map<String, @Nullable Object> usage() {
        return Json.map(
                "input_tokens",
                generation.promptTokens(),
                "input_tokens_details",
                Json.map("cached_tokens", generation.cachedTokens(), "cache_write_tokens", 0),
                "output_tokens",
                generation.size(),
                "output_tokens_details",
                Json.map("reasoning_tokens", 0),
                "total_tokens",
                generation.promptTokens() + generation.size());
    }
}
