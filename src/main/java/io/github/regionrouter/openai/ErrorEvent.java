package io.github.regionrouter.openai;

import com.azure.json.JsonProviders;
import com.azure.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The error events of each family (R11), in the shapes that their clients turn into exceptions. */
final class ErrorEvent {

    private ErrorEvent() {}

    static byte[] of(StreamFamily family, String code, String message, long sequenceNumber) {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        boolean named = family == StreamFamily.RESPONSES || family == StreamFamily.ANTHROPIC;
        event.writeBytes(ascii(named ? "event: error\ndata: " : "data: "));
        try (JsonWriter json = JsonProviders.createWriter(event)) {
            json.writeStartObject();
            switch (family) {
                case RESPONSES -> responses(json, code, message, sequenceNumber);
                case ANTHROPIC -> anthropic(json, code, message);
                case CHAT, OTHER -> chat(json, code, message);
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        event.writeBytes(ascii("\n\n"));
        return event.toByteArray();
    }

    private static void chat(JsonWriter json, String code, String message) throws IOException {
        json.writeStartObject("error")
                .writeStringField("message", message)
                .writeStringField("type", "server_error")
                .writeNullField("param")
                .writeStringField("code", code)
                .writeEndObject();
    }

    private static void responses(JsonWriter json, String code, String message, long sequenceNumber)
            throws IOException {
        json.writeStringField("type", "error")
                .writeStringField("code", code)
                .writeStringField("message", message)
                .writeNullField("param")
                .writeLongField("sequence_number", sequenceNumber);
    }

    /** Anthropic has a closed list of types and no codes: a code that is not of that list is told as {@code api_error}. */
    private static void anthropic(JsonWriter json, String code, String message) throws IOException {
        json.writeStringField("type", "error")
                .writeStartObject("error")
                .writeStringField("type", code.endsWith("_error") ? code : "api_error")
                .writeStringField("message", message)
                .writeEndObject();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
