package io.github.regionrouter.lab.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mistakes in a body which the service answers with 400 before anything is made. */
final class BodyCheck {

    private BodyCheck() {}

    /** {@code stream} and the limits of the answer; absent ones are no mistake. */
    static void usual(JsonObject body, String... limits) {
        if (body.has("stream") && !(body.value("stream") instanceof Boolean)) {
            throw wrongType(body, "stream", "a boolean");
        }
        for (String limit : limits) {
            if (body.has(limit)) {
                limit(body, limit);
            }
        }
    }

    /** A list that must be there and have something in it. */
    static void list(JsonObject body, String name) {
        if (!(body.value(name) instanceof List<?> list)) {
            throw refusal("Missing required parameter: '" + name + "'.", name, "missing_required_parameter");
        }
        if (list.isEmpty()) {
            throw refusal(
                    "Invalid '" + name + "': empty array. Expected an array with minimum length 1, but got an empty"
                            + " array instead.",
                    name,
                    "empty_array");
        }
    }

    static Refusal missing(String message, String name) {
        return refusal(message, name, "missing_required_parameter");
    }

    private static void limit(JsonObject body, String name) {
        long value = body.integer(name).orElseThrow(() -> wrongType(body, name, "an integer"));
        if (value < 1) {
            throw refusal(
                    "Invalid '" + name + "': integer below minimum value. Expected a value >= 1, but got " + value
                            + " instead.",
                    name,
                    "integer_below_min_value");
        }
    }

    private static Refusal wrongType(JsonObject body, String name, String expected) {
        String message = "Invalid type for '" + name + "': expected " + expected + ", but got " + kind(body.value(name))
                + " instead.";
        return refusal(message, name, "invalid_type");
    }

    private static String kind(@Nullable Object value) {
        if (value instanceof String) {
            return "a string";
        }
        if (value instanceof Boolean) {
            return "a boolean";
        }
        return value instanceof Number ? "a number" : value instanceof List<?> ? "an array" : "an object";
    }

    private static Refusal refusal(String message, String name, String code) {
        return Refusal.of(400, AzureError.openAi(message, "invalid_request_error", name, code));
    }
}
