package io.github.regionrouter.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
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
 * @param pins names of state that lives in one resource (R12)
 * @param cacheHint {@code prompt_cache_key}, else {@code user}, or null (R2)
 * @param promptStart offset of the prompt's value; −1 if there is none
 */
record JsonBody(
        @Nullable String model,
        int modelStart,
        int modelEnd,
        int models,
        boolean stream,
        @Nullable Boolean store,
        boolean background,
        boolean serviceTools,
        Set<String> pins,
        @Nullable String cacheHint,
        int promptStart) {

    static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000)
                    .maxStringLength(Integer.MAX_VALUE) // the body as a whole is bounded
                    .build())
            .build();

    /** A body nothing is known of: none, not JSON, or not an object. */
    static final JsonBody OPAQUE = new JsonBody(null, 0, 0, 0, false, null, false, false, Set.of(), null, -1);

    private static final Set<String> SERVICE_TOOLS = Set.of("mcp", "code_interpreter", "image_generation");
    private static final Set<String> PROMPT = Set.of("messages", "input", "prompt");

    /** @throws IOException if the body is not one JSON value in UTF-8; the message is fit for a caller */
    static JsonBody read(byte[] body) throws IOException {
        if (isWide(body)) {
            throw new IOException("it is not UTF-8");
        }
        try (JsonParser json = JSON.createParser(body)) {
            Scan scan = new Scan(json);
            JsonToken root = json.nextToken();
            if (root == null) {
                throw new IOException("it is empty");
            }
            if (root == JsonToken.START_OBJECT) {
                scan.object();
            } else {
                json.skipChildren();
            }
            if (json.nextToken() != null) {
                throw new IOException("something follows the value");
            }
            return scan.found();
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
        return Splice.replace(body, modelStart, modelEnd, ('"' + name + '"').getBytes(StandardCharsets.UTF_8));
    }

    /** One pass over an object. */
    private static final class Scan {

        private final JsonParser json;
        private final Set<String> pins = new LinkedHashSet<>();
        private @Nullable String model;
        private int modelStart;
        private int modelEnd;
        private int models;
        private boolean stream;
        private @Nullable Boolean store;
        private boolean background;
        private boolean serviceTools;
        private @Nullable String cacheKey;
        private @Nullable String user;
        private int promptStart = -1;

        Scan(JsonParser json) {
            this.json = json;
        }

        void object() throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                member(name, value);
                if (value.isStructStart()) {
                    inside(name);
                }
            }
        }

        private void member(String name, JsonToken value) throws IOException {
            switch (name) {
                case "model" -> model(value);
                case "stream" -> stream = value == JsonToken.VALUE_TRUE;
                case "store" -> store = value.isBoolean() ? value == JsonToken.VALUE_TRUE : null;
                case "background" -> background = value == JsonToken.VALUE_TRUE;
                case "prompt_cache_key" -> cacheKey = value == JsonToken.VALUE_STRING ? json.getText() : null;
                case "user" -> user = value == JsonToken.VALUE_STRING ? json.getText() : null;
                default -> pin(name, value);
            }
            if (PROMPT.contains(name) && promptStart < 0) {
                promptStart = (int) json.currentTokenLocation().getByteOffset();
            }
        }

        private void model(JsonToken value) throws IOException {
            models++;
            if (value == JsonToken.VALUE_STRING) {
                model = json.getText();
                modelStart = (int) json.currentTokenLocation().getByteOffset();
                modelEnd = (int) json.currentLocation().getByteOffset();
            }
        }

        /** Everything below a top-level member: only names of state and of tools matter there. */
        private void inside(String top) throws IOException {
            for (int depth = 1; depth > 0; ) {
                JsonToken token = json.nextToken();
                if (token == null) {
                    return;
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                pin(top, token);
                if (token == JsonToken.VALUE_STRING && top.equals("tools") && depth == 2 && isToolType()) {
                    serviceTools |= SERVICE_TOOLS.contains(json.getText());
                }
            }
        }

        private boolean isToolType() {
            JsonStreamContext context = json.getParsingContext();
            return context.inObject() && "type".equals(context.getCurrentName());
        }

        private void pin(String top, JsonToken value) throws IOException {
            String id = value == JsonToken.VALUE_STRING ? StateIds.named(json, top) : null;
            if (id != null) {
                pins.add(id);
            }
        }

        JsonBody found() {
            return new JsonBody(
                    model,
                    modelStart,
                    modelEnd,
                    models,
                    stream,
                    store,
                    background,
                    serviceTools,
                    pins,
                    cacheKey != null ? cacheKey : user,
                    promptStart);
        }
    }
}
