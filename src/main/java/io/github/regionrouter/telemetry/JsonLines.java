package io.github.regionrouter.telemetry;

import com.azure.json.JsonProviders;
import com.azure.json.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * Attempts and requests as lines of JSON (design §7), each beginning with its {@code event}, which queries look for. Names,
 * numbers and ids alone: no prompt, completion, key or token.
 */
public final class JsonLines {

    private JsonLines() {}

    /** One attempt. */
    public static String of(AttemptRecord attempt) {
        return line(json -> {
            json.writeStringField("event", "attempt")
                    .writeStringField("requestId", attempt.requestId())
                    .writeStringField("model", attempt.model())
                    .writeStringField("region", attempt.region().name())
                    .writeStringField("caller", attempt.caller())
                    .writeIntField("attempt", attempt.number())
                    .writeIntField("status", attempt.status())
                    .writeLongField("durationMs", attempt.took().toMillis());
            Duration retryAfter = attempt.retryAfter();
            if (retryAfter != null) {
                json.writeLongField("retryAfterMs", retryAfter.toMillis());
            }
            json.writeStringField("outcome", attempt.outcomeText()).writeStringField("decision", attempt.decision());
        });
    }

    /** One request; tokens that the answer did not tell are left out. */
    public static String of(RequestRecord request) {
        return line(json -> {
            json.writeStringField("event", "request")
                    .writeStringField("requestId", request.requestId())
                    .writeStringField("model", request.model())
                    .writeStringField("region", request.region() == null ? "" : request.region())
                    .writeStringField("caller", request.caller())
                    .writeIntField("attempts", request.attempts())
                    .writeIntField("status", request.status())
                    .writeLongField("durationMs", request.took().toMillis())
                    .writeLongField("addedLatencyMs", request.added().toMillis());
            tokens(json, "inputTokens", request.usage().input());
            tokens(json, "outputTokens", request.usage().output());
            tokens(json, "cachedTokens", request.usage().cached());
        });
    }

    private static void tokens(JsonWriter json, String name, long count) throws IOException {
        if (count >= 0) {
            json.writeLongField(name, count);
        }
    }

    private static String line(Members members) {
        StringWriter text = new StringWriter(256);
        try (JsonWriter json = JsonProviders.createWriter(text)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    @FunctionalInterface
    private interface Members {
        void write(JsonWriter json) throws IOException;
    }
}
