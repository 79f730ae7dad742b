package io.github.regionrouter.lab.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call of the caller's first function, which a region asks for once.
 *
 * @param arguments as JSON: each property of the function's parameters with its first permitted value, the newest message, one,
 *     true or nothing, after its type
 */
record ToolCall(String id, String name, String arguments) {

    private static final int PIECE = 8;

    /**
     * The call that answers a request which offers functions and has no result of one yet; nothing for any other.
     *
     * @param conversation the field with the messages or items
     */
    static Optional<ToolCall> of(JsonObject body, String conversation) {
        List<Object> turns = body.list(conversation);
        if (body.text("tool_choice").equals(Optional.of("none"))
                || turns.stream().anyMatch(ToolCall::isResult)) {
            return Optional.empty();
        }
        String newest = PromptText.of(body.value(conversation)).last();
        return body.list("tools").stream()
                .flatMap(tool -> JsonObject.of(tool).stream())
                .filter(tool -> tool.text("type").equals(Optional.of("function")))
                .findFirst()
                .map(tool -> tool.has("function") ? tool.object("function") : tool)
                .map(function ->
                        new ToolCall(Ids.of("call_"), function.text("name").orElse(""), arguments(function, newest)));
    }

    /** The arguments as a stream has them, a few characters each. */
    List<String> pieces() {
        List<String> pieces = new ArrayList<>();
        for (int start = 0; start < arguments.length(); start += PIECE) {
            pieces.add(arguments.substring(start, Math.min(start + PIECE, arguments.length())));
        }
        return List.copyOf(pieces);
    }

    private static boolean isResult(Object turn) {
        JsonObject fields = JsonObject.of(turn).orElse(JsonObject.EMPTY);
        return fields.text("role").equals(Optional.of("tool"))
                || fields.text("type").equals(Optional.of("function_call_output"));
    }

    private static String arguments(JsonObject function, String newest) {
        Map<String, @Nullable Object> arguments = Json.map();
        JsonObject properties = function.object("parameters").object("properties");
        for (String name : properties.fields().keySet()) {
            arguments.put(name, value(properties.object(name), newest));
        }
        return Json.text(arguments);
    }

    private static @Nullable Object value(JsonObject schema, String newest) {
        List<Object> permitted = schema.list("enum");
        if (!permitted.isEmpty()) {
            return permitted.get(0);
        }
        return switch (schema.text("type").orElse("")) {
            case "string" -> newest;
            case "integer", "number" -> 1;
            case "boolean" -> true;
            case "array" -> List.of();
            case "object" -> Json.map();
            default -> null;
        };
    }
}
