package io.github.regionrouter.lab.simulator;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import com.azure.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON to and from maps, lists and plain values. */
final class Json {

    private Json() {}

    /** Reads one JSON value; an {@link IOException} says what is wrong. */
    static @Nullable Object read(byte[] json) throws IOException {
        try (JsonReader reader = JsonProviders.createReader(json)) {
            Object value = reader.readUntyped();
            JsonToken after = reader.nextToken();
            if (after != null && after != JsonToken.END_DOCUMENT) {
                throw new IOException(Check.message("json", after, "one value"));
            }
            return value;
        } catch (IllegalStateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    static byte[] bytes(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonWriter writer = JsonProviders.createWriter(out)) {
            writer.writeUntyped(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static String text(Object value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }

    /** A map in the order given; values may be null. */
    static Map<String, @Nullable Object> map(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return map;
    }
}
