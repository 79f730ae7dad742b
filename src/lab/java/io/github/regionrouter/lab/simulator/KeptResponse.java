package io.github.regionrouter.lab.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response that its region keeps.
 *
 * @param input what it answers, newest first, as the service lists it
 * @param turns the text of all turns before it, of its input and of its answer: the beginning of what follows it
 */
record KeptResponse(
        ResponseObject response, List<Map<String, @Nullable Object>> input, PromptText turns, boolean cancelled) {

    /**
     * A response to be kept.
     *
     * @param asked the text of its input and of all turns before it
     */
    static KeptResponse of(ResponseObject response, PromptText asked) {
        List<Map<String, @Nullable Object>> items = new ArrayList<>();
        for (Object item : response.request().list("input")) {
            items.add(0, item(JsonObject.of(item).orElseGet(() -> new JsonObject(Json.map("content", item)))));
        }
        PromptText turns = PromptText.of(response.generation().text()).after(asked);
        return new KeptResponse(response, List.copyOf(items), turns, false);
    }

    /** The text of each item of its input and of its answer, by id. */
    Map<String, PromptText> items() {
        Map<String, PromptText> items = new HashMap<>();
        input.forEach(item -> items.put(String.valueOf(item.get("id")), PromptText.of(item)));
        items.put(response.item().id(), PromptText.of(response.generation().text()));
        return items;
    }

    KeptResponse stopped() {
        return new KeptResponse(response, input, turns, true);
    }

    Map<String, @Nullable Object> shown() {
        return cancelled ? response.cancelled() : response.ended();
    }

    Map<String, @Nullable Object> inputItems() {
        return Json.map(
                "object",
                "list",
                "data",
                input,
                "first_id",
                input.isEmpty() ? null : input.get(0).get("id"),
                "last_id",
                input.isEmpty() ? null : input.get(input.size() - 1).get("id"),
                "has_more",
                false);
    }

    /** With the members that callers may leave out. */
    private static Map<String, @Nullable Object> item(JsonObject given) {
        Map<String, @Nullable Object> item = Json.map("id", Ids.of("msg_"), "type", "message", "status", "completed");
        if (!given.has("type") || given.text("type").orElse("").equals("message")) {
            item.put("role", "user");
        }
        item.putAll(given.fields());
        given.text("content")
                .ifPresent(text -> item.put("content", List.of(Json.map("type", "input_text", "text", text))));
        return item;
    }
}
