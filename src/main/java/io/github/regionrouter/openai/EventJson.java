package io.github.regionrouter.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the JSON of one event says, of all families at once, found in one pass without building a tree.
 *
 * @param opaque not one JSON object in UTF-8, so nothing is known
 * @param type the top-level {@code type}
 * @param error the top-level {@code error}, if it is an object or a text
 * @param failure an error told otherwise: {@code response.error}, or {@code code} and {@code message} at the top
 * @param content whether it brings something of an answer: text, a refusal, a tool call, audio, reasoning
 * @param finished whether a choice has a {@code finish_reason}
 * @param sequenceNumber {@code sequence_number}, or -1
 */
record EventJson(
        boolean opaque,
        @Nullable String type,
        @Nullable StreamError error,
        @Nullable StreamError failure,
        boolean content,
        boolean finished,
        long sequenceNumber) {

    /** Nothing is known of the data: it is not JSON. */
    static final EventJson OPAQUE = new EventJson(true, null, null, null, false, false, -1);

    /** There is no data. */
    private static final EventJson NONE = new EventJson(false, null, null, null, false, false, -1);

    /** What is content when it is not empty, in a chat delta, a Responses item or part, and an Anthropic block. */
    private static final Set<String> CONTENT = Set.of(
            "arguments",
            "audio",
            "code",
            "content",
            "data",
            "function_call",
            "input",
            "reasoning",
            "reasoning_content",
            "refusal",
            "result",
            "summary",
            "text",
            "thinking",
            "tool_calls",
            "transcript");

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000)
                    .maxStringLength(Integer.MAX_VALUE) // the event as a whole is bounded
                    .build())
            .build();

    /** Never fails: what cannot be read is {@link #OPAQUE}. */
    static EventJson read(byte[] bytes, int from, int length) {
        try (JsonParser json = JSON.createParser(bytes, from, length)) {
            JsonToken first = json.nextToken();
            if (first != JsonToken.START_OBJECT) {
                return first == null ? NONE : OPAQUE;
            }
            Builder found = new Builder();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                found.member(json);
            }
            return json.nextToken() == null ? found.build() : OPAQUE;
        } catch (IOException notJson) {
            return OPAQUE;
        }
    }

    private static final class Builder {
        private @Nullable String type;
        private @Nullable StreamError error;
        private @Nullable StreamError responseError;
        private @Nullable String code;
        private @Nullable String message;
        private boolean content;
        private boolean finished;
        private long sequenceNumber = -1;

        void member(JsonParser json) throws IOException {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "type" -> type = text(json);
                case "code" -> code = text(json);
                case "message" -> message = text(json);
                case "error" -> error = error(json);
                case "response" -> response(json);
                case "choices" -> choices(json);
                case "delta" -> content |= value == JsonToken.START_OBJECT ? topDelta(json) : isFilled(json);
                case "item", "part", "content_block" -> content |= brings(json);
                case "sequence_number" -> sequenceNumber = number(json);
                default -> json.skipChildren();
            }
        }

        private void response(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                return;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isError = json.currentName().equals("error");
                json.nextToken();
                if (isError) {
                    responseError = error(json);
                } else {
                    json.skipChildren();
                }
            }
        }

        private void choices(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                json.skipChildren();
                return;
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() == JsonToken.START_OBJECT) {
                    choice(json);
                } else {
                    json.skipChildren();
                }
            }
        }

        private void choice(JsonParser json) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "delta" -> content |= brings(json);
                    case "text" -> content |= isFilled(json);
                    case "finish_reason" -> finished |= isFilled(json);
                    default -> json.skipChildren();
                }
            }
        }

        /** A delta of which only the event's type tells the shape: anything but its type and a role counts. */
        private static boolean topDelta(JsonParser json) throws IOException {
            boolean brings = false;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                brings |= isFilled(json) && !name.equals("type") && !name.equals("role");
            }
            return brings;
        }

        /** Whether an object has content; a tool's call is content by its mere name (its {@code input} follows). */
        private static boolean brings(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                return false;
            }
            boolean brings = false;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("type")) {
                    String type = text(json);
                    brings |= type != null && type.endsWith("tool_use");
                } else {
                    brings |= isFilled(json) && CONTENT.contains(name);
                }
            }
            return brings;
        }

        /** Neither null, false nor empty. Goes to the end of the value. */
        private static boolean isFilled(JsonParser json) throws IOException {
            return switch (json.currentToken()) {
                case VALUE_STRING -> json.getTextLength() > 0;
                case START_ARRAY, START_OBJECT -> !skippedEmpty(json);
                case VALUE_NULL, VALUE_FALSE -> false;
                default -> true;
            };
        }

        private static boolean skippedEmpty(JsonParser json) throws IOException {
            boolean empty = true;
            while (!json.nextToken().isStructEnd()) {
                empty = false;
                json.skipChildren();
            }
            return empty;
        }

        private static @Nullable StreamError error(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                String said = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "";
                json.skipChildren();
                return said.isEmpty() ? null : new StreamError(null, said, null);
            }
            String code = null;
            String message = null;
            String type = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "code" -> code = text(json);
                    case "message" -> message = text(json);
                    case "type" -> type = text(json);
                    default -> json.skipChildren();
                }
            }
            return new StreamError(code, message, type);
        }

        /** A string or a number; null for anything else. Goes to the end of the value. */
        private static @Nullable String text(JsonParser json) throws IOException {
            JsonToken value = json.currentToken();
            json.skipChildren();
            return value == JsonToken.VALUE_STRING || value.isNumeric() ? json.getText() : null;
        }

        private static long number(JsonParser json) throws IOException {
            boolean isLong = json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getTextLength() <= 18;
            json.skipChildren();
            return isLong ? json.getLongValue() : -1;
        }

        EventJson build() {
            StreamError failure = responseError;
            if (failure == null && (code != null || message != null)) {
                failure = new StreamError(code, message, null);
            }
            return new EventJson(false, type, error, failure, content, finished, sequenceNumber);
        }
    }
}
