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
 * @param previous the id of the response that it follows
 * @param stored whether the caller left the answer to be kept, as the service does by default
 * @param background whether the caller did not want to wait for it
 */
record ResponseObject(
        String id,
        long created,
        String model,
        @Nullable String previous,
        boolean stored,
        boolean background,
        ResponseItem item,
        Generation generation) {

    static ResponseObject of(Call call, Generation text) {
        JsonObject body = call.json();
        Optional<ToolCall> wish = ToolCall.of(body, "input");
        Generation generation = wish.map(ToolCall::pieces).map(text::instead).orElse(text);
        ResponseItem item = wish.<ResponseItem>map(wanted -> new ResponseItem.Wish(Ids.of("fc_"), wanted))
                .orElseGet(() -> new ResponseItem.Message(Ids.of("msg_"), generation.text()));
        return new ResponseObject(
                Ids.of("resp_"),
                TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()),
                call.deployment(),
                body.text("previous_response_id").orElse(null),
                !Boolean.FALSE.equals(body.value("store")),
                body.isTrue("background"),
                item,
                generation);
    }

    Map<String, @Nullable Object> queued() {
        return response("queued", List.of(), null);
    }

    Map<String, @Nullable Object> inProgress() {
        return response("in_progress", List.of(), null);
    }

    /** All of it: completed, or incomplete for the content filter. */
    Map<String, @Nullable Object> ended() {
        return response(ending(), List.of(item.completed()), usage());
    }

    Map<String, @Nullable Object> cancelled() {
        return response("cancelled", List.of(), null);
    }

    /** The last status, and the last event's name. */
    String ending() {
        return generation.filtered() ? "incomplete" : "completed";
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
                background,
                "error",
                null,
                "incomplete_details",
                status.equals("incomplete") ? Json.map("reason", "content_filter") : null,
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
                previous,
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
                Json.map("cached_tokens", generation.cachedTokens(), "cache_write_tokens", 0),
                "output_tokens",
                generation.size(),
                "output_tokens_details",
                Json.map("reasoning_tokens", 0),
                "total_tokens",
                generation.promptTokens() + generation.size());
    }
}
