package io.github.regionrouter.lab.simulator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The assistant's message in an answer of {@code chat/completions}. */
sealed interface ChatMessage {

    /** All of it. */
    Map<String, @Nullable Object> whole();

    /** The delta of the first chunk of a stream. */
    Map<String, @Nullable Object> opening();

    /** The delta of the chunk with this token. */
    Map<String, @Nullable Object> delta(String token);

    /** Why it ends. */
    String finish();

    /** Text. */
    record Text(String text, String finish) implements ChatMessage {
        @Override
        public Map<String, @Nullable Object> whole() {
            return Json.map("role", "assistant", "content", text, "refusal", null);
        }

        @Override
        public Map<String, @Nullable Object> opening() {
            return Json.map("role", "assistant", "content", "");
        }

        @Override
        public Map<String, @Nullable Object> delta(String token) {
            return Json.map("content", token);
        }
    }

    /** The wish that the caller calls a function. */
    record Wish(ToolCall call) implements ChatMessage {
        @Override
        public Map<String, @Nullable Object> whole() {
            Map<String, @Nullable Object> wish =
                    Json.map("id", call.id(), "type", "function", "function", function(call.name(), call.arguments()));
            return message(wish);
        }

        @Override
        public Map<String, @Nullable Object> opening() {
            return message(
                    Json.map("index", 0, "id", call.id(), "type", "function", "function", function(call.name(), "")));
        }

        @Override
        public Map<String, @Nullable Object> delta(String token) {
            return Json.map("tool_calls", List.of(Json.map("index", 0, "function", Json.map("arguments", token))));
        }

        @Override
        public String finish() {
            return "tool_calls";
        }

        private static Map<String, @Nullable Object> message(Map<String, @Nullable Object> wish) {
            return Json.map("role", "assistant", "content", null, "refusal", null, "tool_calls", List.of(wish));
        }

        private static Map<String, @Nullable Object> function(String name, String arguments) {
            return Json.map("name", name, "arguments", arguments);
        }
    }
}
