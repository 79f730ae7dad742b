package io.github.regionrouter.lab.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The event stream of {@code responses}: each event has its name, also as {@code type}, and a number; no {@code [DONE]}. */
final class ResponseEvents {

    private final ResponseObject response;
    private final List<SseEvent> events = new ArrayList<>();

    ResponseEvents(ResponseObject response) {
        this.response = response;
    }

    List<SseEvent> all() {
        String text = response.generation().text();
        Map<String, @Nullable Object> part = response.part(text);

        add("response.created", false, Json.map("response", response.inProgress()));
        add("response.in_progress", false, Json.map("response", response.inProgress()));
        add("response.output_item.added", false, item(response.message("in_progress", List.of())));
        add("response.content_part.added", false, content("part", response.part("")));
        for (String token : response.generation().tokens()) {
            add("response.output_text.delta", true, text("delta", token));
        }
        add("response.output_text.done", false, text("text", text));
        add("response.content_part.done", false, content("part", part));
        add("response.output_item.done", false, item(response.message("completed", List.of(part))));
        add("response.completed", false, Json.map("response", response.completed()));
        return events;
    }

    private static Map<String, @Nullable Object> item(Map<String, @Nullable Object> item) {
        return Json.map("output_index", 0, "item", item);
    }

    private Map<String, @Nullable Object> text(String name, String text) {
        Map<String, @Nullable Object> fields = content(name, text);
        fields.put("logprobs", List.of());
        return fields;
    }

    private Map<String, @Nullable Object> content(String name, Object value) {
        return Json.map("item_id", response.messageId(), "output_index", 0, "content_index", 0, name, value);
    }

    private void add(String type, boolean token, Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> data = Json.map("type", type, "sequence_number", events.size());
        data.putAll(fields);
        events.add(new SseEvent(type, Json.text(data), token));
    }
}
