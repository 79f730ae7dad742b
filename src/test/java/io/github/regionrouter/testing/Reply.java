package io.github.regionrouter.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a caller got.
 *
 * @param headers by lower-case name
 */
public record Reply(int status, Map<String, List<String>> headers, byte[] body) {

    public Reply {
        Transcript.answer(status, headers, body);
    }

    static Reply of(HttpResponse<byte[]> response) {
        return new Reply(response.statusCode(), response.headers().map(), response.body());
    }

    /** The only value of a header, or null if it is absent. */
    public @Nullable String header(String lowerCaseName) {
        List<String> values = headers.get(lowerCaseName);
        if (values == null) {
            return null;
        }
        assertThat(values).as(lowerCaseName).hasSize(1);
        return values.get(0);
    }

    /** What was tried, as {@code x-router-attempts} tells it, without the times; null if nobody was called. */
    public @Nullable String attempts() {
        String story = header("x-router-attempts");
        return story == null ? null : story.replaceAll(";ms=\\d+;decision=", ";");
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** A good answer. */
    public Reply isOk() {
        assertThat(status).as("%s", this).isEqualTo(200);
        return this;
    }

    /** An answer of the router's own: {@code {"error":{"code":"…","message":"…"}}} and nothing else. */
    public Reply isError(int expectedStatus, String code) {
        assertThat(status).as("%s", this).isEqualTo(expectedStatus);
        assertThat(header("content-type")).isEqualTo("application/json");
        assertThat(header("x-router-request-id")).isNotBlank();
        assertThat(json()).containsOnlyKeys("error");
        assertThat(error()).containsOnlyKeys("code", "message").containsEntry("code", code);
        assertThat(message()).isNotBlank();
        return this;
    }

    /** The {@code error.message} of the body. */
    public String message() {
        return (String) error().get("message");
    }

    private Map<Object, Object> error() {
        assertThat(json().get("error")).isInstanceOf(Map.class);
        return new HashMap<>((Map<?, ?>) json().get("error"));
    }

    private Map<Object, Object> json() {
        try (JsonReader reader = JsonProviders.createReader(body)) {
            Object value = reader.readUntyped();
            assertThat(value).as(text()).isInstanceOf(Map.class);
            return new HashMap<>((Map<?, ?>) value);
        } catch (IOException notJson) {
            throw new AssertionError("not JSON: " + text(), notJson);
        }
    }

    @Override
    public String toString() {
        String text = text();
        return status + " " + headers + " " + (text.length() > 500 ? text.substring(0, 500) + "…" : text);
    }
}
