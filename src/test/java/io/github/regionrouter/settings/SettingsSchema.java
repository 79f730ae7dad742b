package io.github.regionrouter.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code docs/settings.schema.json}, and the validator that stands for the editors that use it. */
final class SettingsSchema {

    private static final SpecificationVersion DRAFT = SpecificationVersion.DRAFT_2020_12;
    private static final SchemaRegistry VALIDATOR = SchemaRegistry.withDefaultDialect(DRAFT);

    /** Numbers as they stand there: 220.001 must not become a neighbour of itself. */
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    static final JsonNode TEXT = json(read(Path.of("docs/settings.schema.json")));

    private static final Schema SCHEMA = VALIDATOR.getSchema(TEXT);

    private SettingsSchema() {}

    /** What the schema has against the document; empty if nothing. */
    static List<String> faults(String document) {
        return faults(SCHEMA, json(document));
    }

    /** What is wrong with the schema itself. */
    static List<String> faultsOfItsOwn() {
        return faults(VALIDATOR.getSchema(SchemaLocation.of(DRAFT.getDialectId())), TEXT);
    }

    /** Every object of the schema that forbids unknown properties, by JSON pointer. */
    static List<String> closedObjects() {
        List<String> pointers = new ArrayList<>();
        collect(TEXT, "", pointers);
        return pointers;
    }

    static List<String> properties(Place place) {
        List<String> names = new ArrayList<>();
        properties(place.pointer()).fieldNames().forEachRemaining(names::add);
        return names;
    }

    static JsonNode property(Place place, String name) {
        return properties(place.pointer()).path(name);
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(text, malformed);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static JsonNode properties(String pointer) {
        return TEXT.at(pointer).path("properties");
    }

    private static List<String> faults(Schema schema, JsonNode value) {
        return schema.validate(value).stream().map(Object::toString).toList();
    }

    private static void collect(JsonNode node, String pointer, List<String> pointers) {
        JsonNode more = node.path("additionalProperties");
        if (more.isBoolean() && !more.asBoolean()) {
            pointers.add(pointer);
        }
        node.fields()
                .forEachRemaining(member -> collect(
                        member.getValue(), pointer + "/" + member.getKey().replace("/", "~1"), pointers));
    }
}
