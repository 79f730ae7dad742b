package io.github.regionrouter.lab.load;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What an error body says to people. */
final class ErrorText {

    /** Of anything else only its beginning is told. */
    private static final int LONGEST = 64 * 1024;

    private ErrorText() {}

    /** {@code error.message}, else all of it. */
    static String of(byte[] body) {
        try (JsonReader json = JsonProviders.createReader(body)) {
            if (json.readUntyped() instanceof Map<?, ?> object
                    && object.get("error") instanceof Map<?, ?> error
                    && error.get("message") instanceof String message) {
                return message;
            }
        } catch (IOException | IllegalStateException noJson) {
            // told as it is
        }
        return new String(body, 0, Math.min(body.length, LONGEST), StandardCharsets.UTF_8);
    }
}
