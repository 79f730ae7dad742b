package io.github.regionrouter.lab.simulator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A JSON object read leniently: a field of another type counts as absent. */
record JsonObject(Map<String, @Nullable Object> fields) {

    static final JsonObject EMPTY = new JsonObject(Map.of());

    static JsonObject read(byte[] json) throws IOException {
        return of(Json.read(json)).orElseThrow(() -> new IOException("json: no object (expected: a JSON object)"));
    }

    static Optional<JsonObject> of(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        map.forEach((name, content) -> fields.put(String.valueOf(name), content));
        return Optional.of(new JsonObject(fields));
    }

    boolean has(String name) {
        return fields.get(name) != null;
    }

    @Nullable
    Object value(String name) {
        return fields.get(name);
    }

    Optional<String> text(String name) {
        return fields.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    OptionalLong integer(String name) {
        Object value = fields.get(name);
        boolean whole = value instanceof Integer || value instanceof Long;
        return whole ? OptionalLong.of(((Number) value).longValue()) : OptionalLong.empty();
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }

    JsonObject object(String name) {
        return of(fields.get(name)).orElse(EMPTY);
    }

    /** The elements of an array without nulls; the value itself when it is none; nothing when absent. */
    List<Object> list(String name) {
        Object value = fields.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            return List.of(value);
        }
        List<Object> elements = new ArrayList<>(list);
        elements.removeIf(Objects::isNull);
        return elements;
    }
}
