package io.github.regionrouter.lab.simulator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one item of a response's output. */
sealed interface ResponseItem {

    String id();

    /** As it stands when a stream announces it. */
    Map<String, @Nullable Object> begun();

    /** All of it. */
    Map<String, @Nullable Object> completed();

    /** Adds what a stream tells between the two. */
    void tell(ResponseEvents events);

    /** A message with one text. */
    record Message(String id, Generation generation) implements ResponseItem {
        @Override
        public Map<String, @Nullable Object> begun() {
            return message("in_progress", List.of());
        }

        @Override
        public Map<String, @Nullable Object> completed() {
            String status = generation.end() == Generation.End.LIMIT ? "incomplete" : "completed";
            return message(status, List.of(part(generation.text())));
        }

        @Override
        public void tell(ResponseEvents events) {
            events.add("response.content_part.added", false, content("part", part("")));
            for (String token : generation.tokens()) {
                events.add("response.output_text.delta", true, text("delta", token));
            }
            events.add("response.output_text.done", false, text("text", generation.text()));
            events.add("response.content_part.done", false, content("part", part(generation.text())));
        }

        private Map<String, @Nullable Object> message(String status, List<?> content) {
            return Json.map(
                    "id", id,
                    "type", "message",
                    "status", status,
                    "role", "assistant",
                    "content", content);
        }

        private static Map<String, @Nullable Object> part(String text) {
            return Json.map("type", "output_text", "annotations", List.of(), "logprobs", List.of(), "text", text);
        }

        private Map<String, @Nullable Object> text(String name, String value) {
            Map<String, @Nullable Object> fields = content(name, value);
            fields.put("logprobs", List.of());
            return fields;
        }

        private Map<String, @Nullable Object> content(String name, Object value) {
            return Json.map("item_id", id, "output_index", 0, "content_index", 0, name, value);
        }
    }

    /** The wish that the caller calls a function. */
    record Wish(String id, ToolCall call) implements ResponseItem {
        @Override
        public Map<String, @Nullable Object> begun() {
            return item("in_progress", "");
        }

        @Override
        public Map<String, @Nullable Object> completed() {
            return item("completed", call.arguments());
        }

        @Override
        public void tell(ResponseEvents events) {
            for (String token : call.pieces()) {
                events.add("response.function_call_arguments.delta", true, field("delta", token));
            }
            Map<String, @Nullable Object> done = field("arguments", call.arguments());
            done.put("name", call.name());
            events.add("response.function_call_arguments.done", false, done);
        }

        private Map<String, @Nullable Object> item(String status, String arguments) {
            return Json.map(
                    "id",
                    id,
                    "type",
                    "function_call",
                    "status",
                    status,
                    "call_id",
                    call.id(),
                    "name",
                    call.name(),
                    "arguments",
                    arguments);
        }

        private Map<String, @Nullable Object> field(String name, String value) {
            return Json.map("item_id", id, "output_index", 0, name, value);
        }
    }
}
