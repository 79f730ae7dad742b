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
        ResponseItem item = response.item();
        add("response.created", false, Json.map("response", response.inProgress()));
        add("response.in_progress", false, Json.map("response", response.inProgress()));
        add("response.output_item.added", false, Json.map("output_index", 0, "item", item.begun()));
        item.tell(this);
        add("response.output_item.done", false, Json.map("output_index", 0, "item", item.completed()));
        add("response." + response.ending(), false, Json.map("response", response.ended()));
        return events;
    }

    void add(String type, boolean token, Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> data = Json.map("type", type, "sequence_number", events.size());
        data.putAll(fields);
        events.add(new SseEvent(type, Json.text(data), token));
    }
}
