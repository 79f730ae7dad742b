package io.github.regionrouter.lab.simulator;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names that an object of a document has twice: whoever reads it would silently take the last. */
final class RepeatedNames {

    private final JsonReader reader;
    private final List<String> problems = new ArrayList<>();

    private RepeatedNames(JsonReader reader) {
        this.reader = reader;
    }

    /**
     * The problems of a document that is JSON, each with its place.
     *
     * @param root the place of the whole document, empty for none
     */
    static List<String> in(byte[] json, String root) throws IOException {
        try (JsonReader reader = JsonProviders.createReader(json)) {
            RepeatedNames names = new RepeatedNames(reader);
            names.value(reader.nextToken(), root);
            return names.problems;
        }
    }

    private void value(JsonToken first, String place) throws IOException {
        if (first == JsonToken.START_OBJECT) {
            object(place);
        } else if (first == JsonToken.START_ARRAY) {
            int index = 0;
            for (JsonToken next = reader.nextToken(); next != JsonToken.END_ARRAY; next = reader.nextToken()) {
                value(next, place + "[" + index++ + "]");
            }
        }
    }

    private void object(String place) throws IOException {
        Set<String> names = new HashSet<>();
        while (reader.nextToken() != JsonToken.END_OBJECT) {
            String name = reader.getFieldName();
            String below = place.isEmpty() ? name : place + "." + name;
            if (!names.add(name)) {
                problems.add(Check.message(below, "twice", "once"));
            }
            value(reader.nextToken(), below);
        }
    }
}
