package io.github.regionrouter.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the router needs to know of a JSON body, found in one pass without building a tree.
 *
 * <p>The place of the model's value is kept as byte offsets, so that {@link #withModel} can change that value and nothing
 * else (R13). Jackson's parser is used here rather than azure-json's, which does not tell offsets (docs/decisions.md).
 *
 * @param model the value of the one top-level {@code model}, if there is one and it is a string
 * @param modelStart offset of the value's opening quote
 * @param modelEnd offset behind its closing quote
 * @param models how many top-level members are called {@code model}
 * @param stream {@code "stream": true}
 * @param store {@code "store"}, or null if it is absent or no boolean
 * @param background {@code "background": true}
 * @param serviceTools whether a tool is named that the service itself runs
 */
record JsonBody(
        @Nullable String model,
        int modelStart,
        int modelEnd,
        int models,
        boolean stream,
        @Nullable Boolean store,
        boolean background,
        boolean serviceTools) {

    /** A body nothing is known of: not JSON, or not an object. */
    static final JsonBody OPAQUE = new JsonBody(null, 0, 0, 0, false, null, false, false);

    private static final Set<String> SERVICE_TOOLS = Set.of("mcp", "code_interpreter", "image_generation");

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000)
                    .maxStringLength(Integer.MAX_VALUE) // the body as a whole is bounded
                    .build())
            .build();

    /** @throws IOException if the body is not one JSON value in UTF-8; the message is fit for a caller */
    static JsonBody read(byte[] body) throws IOException {
        if (isWide(body)) {
            throw new IOException("it is not UTF-8");
        }
        try (JsonParser json = JSON.createParser(body)) {
            Builder found = new Builder();
            if (json.nextToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
            } else {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    found.member(json);
                }
            }
            if (json.nextToken() != null) {
                throw new IOException("something follows the value");
            }
            return found.build();
        }
    }

    /** UTF-16 or UTF-32: the parser would read it, but has no byte offsets then, and RFC 8259 wants UTF-8. */
    private static boolean isWide(byte[] body) {
        return body.length > 1
                && (body[0] == 0 || body[1] == 0 || (body[0] & 0xff) == 0xfe || (body[0] & 0xff) == 0xff);
    }

    /**
     * The body with another model's name in place, every other byte as it came.
     *
     * @param name a deployment's name, which has no character that JSON would want escaped
     */
    byte[] withModel(byte[] body, String name) {
        byte[] quoted = ('"' + name + '"').getBytes(StandardCharsets.UTF_8);
        byte[] changed = new byte[body.length - (modelEnd - modelStart) + quoted.length];
        System.arraycopy(body, 0, changed, 0, modelStart);
        System.arraycopy(quoted, 0, changed, modelStart, quoted.length);
        System.arraycopy(body, modelEnd, changed, modelStart + quoted.length, body.length - modelEnd);
        return changed;
    }

    private static final class Builder {
        private @Nullable String model;
        private int modelStart;
        private int modelEnd;
        private int models;
        private boolean stream;
        private @Nullable Boolean store;
        private boolean background;
        private boolean serviceTools;

        void member(JsonParser json) throws IOException {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "model" -> model(json, value);
                case "stream" -> stream = value == JsonToken.VALUE_TRUE;
                case "store" -> store = value.isBoolean() ? value == JsonToken.VALUE_TRUE : null;
                case "background" -> background = value == JsonToken.VALUE_TRUE;
                case "tools" -> tools(json, value);
                default -> json.skipChildren();
            }
            if (json.currentToken().isStructStart()) {
                json.skipChildren();
            }
        }

        private void model(JsonParser json, JsonToken value) throws IOException {
            models++;
            if (value == JsonToken.VALUE_STRING) {
                model = json.getText();
                modelStart = (int) json.currentTokenLocation().getByteOffset();
                modelEnd = (int) json.currentLocation().getByteOffset();
            }
        }

        private void tools(JsonParser json, JsonToken value) throws IOException {
            if (value != JsonToken.START_ARRAY) {
                return;
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() == JsonToken.START_OBJECT) {
                    tool(json);
                } else {
                    json.skipChildren();
                }
            }
        }

        private void tool(JsonParser json) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean type = "type".equals(json.currentName());
                JsonToken value = json.nextToken();
                if (type && value == JsonToken.VALUE_STRING) {
                    serviceTools |= SERVICE_TOOLS.contains(json.getText());
                }
                json.skipChildren();
            }
        }

        JsonBody build() {
            return new JsonBody(model, modelStart, modelEnd, models, stream, store, background, serviceTools);
        }
    }
}
