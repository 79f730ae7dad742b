package io.github.regionrouter.openai;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import com.azure.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer that the router itself makes, in Azure's shape: {@code {"error":{"code":"…","message":"…"}}}. Every code is
 * listed in {@code docs/errors.md}; every message says what the caller can do.
 *
 * @param status HTTP status
 * @param code stable, for programs
 * @param message for people; never holds a key, a prompt or a stack trace
 * @param headers further response headers
 */
public record OpenAiError(int status, String code, String message, Map<String, String> headers) {

    /** The longest wait that is ever told to a caller: some clients sleep for whatever they are told (R5). */
    public static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(60);

    public OpenAiError {
        headers = Map.copyOf(headers);
    }

    private static OpenAiError of(int status, String code, String message) {
        return new OpenAiError(status, code, message, Map.of());
    }

    /** 404 for a model that is not configured, in Azure's own words so that clients recognise it. */
    public static OpenAiError deploymentNotFound(String model) {
        return of(
                404,
                "DeploymentNotFound",
                "The API deployment for this resource does not exist. model: " + shown(model)
                        + " (expected: a model of the router's settings)");
    }

    /** 403 for a model that this caller may not use. */
    public static OpenAiError modelNotAllowed(String model) {
        return of(403, "model_not_allowed", "This key may not call the model " + shown(model) + ".");
    }

    /** 403 for a model none of whose regions stands inside the caller's fence (R1). */
    public static OpenAiError noRegionInZone(String model) {
        return of(
                403,
                "no_region_in_zone",
                "No region of the model " + shown(model) + " stands in the zone that this caller is kept to.");
    }

    /** 403 for {@code x-router-region} from a caller that may not choose (R15). */
    public static OpenAiError forceRegionNotAllowed() {
        return of(
                403,
                "force_region_not_allowed",
                "x-router-region: not allowed for this key (expected: a caller with \"forceRegion\": true)");
    }

    /** 400 for {@code x-router-region} with a name that is not among the candidates. */
    public static OpenAiError unknownRegion(String region, String model) {
        return of(
                400,
                "unknown_region",
                "x-router-region: " + shown(region) + " (expected: a region of " + shown(model)
                        + " that this caller may use)");
    }

    /** 401 for a missing or wrong key of the router's. */
    public static OpenAiError invalidKey() {
        return of(
                401,
                "401",
                "Access denied due to a missing or invalid key. Send a key of the router as api-key, Authorization: Bearer,"
                        + " x-api-key or Ocp-Apim-Subscription-Key.");
    }

    /** 400 for a body that is not JSON where the model is to be read from it. */
    public static OpenAiError invalidJson(String why) {
        return of(
                400,
                "invalid_json",
                "body: not valid JSON, " + why
                        + " (expected: a JSON object in UTF-8, with a \"model\" where the path names none)");
    }

    /** 400 for a form that cannot be read where the model is to be read from it. */
    public static OpenAiError invalidForm(String why) {
        return of(400, "invalid_form", "body: not a readable form, " + why + " (expected: a part \"model\")");
    }

    /** 404 for state that does not exist for this caller (R12). */
    public static OpenAiError stateNotFound() {
        return of(404, "not_found", "Not found: an id of this request does not exist, or not for this caller.");
    }

    /** 501: an HTTP-triggered function cannot speak WebSocket. */
    public static OpenAiError webSocketNotSupported() {
        return of(
                501,
                "websocket_not_supported",
                "The router does not speak WebSocket. Use the HTTP API, or connect to a region directly for realtime.");
    }

    /** 400 for a body without a usable model. */
    public static OpenAiError modelMissing(String what) {
        return of(400, "model_missing", "model: " + what + " (expected: one string that names a model of the router)");
    }

    /** 400 for a header of the router's own that cannot be read. */
    public static OpenAiError invalidHeader(String name, String value, String expected) {
        return of(400, "invalid_header", name + ": " + shown(value) + " (expected: " + expected + ")");
    }

    /** 400 for a path or query that the router will not pass on. */
    public static OpenAiError invalidPath(String why) {
        return of(400, "invalid_path", "path: " + why + " (expected: a plain Azure OpenAI path)");
    }

    /** 404 for a path the router does not serve. */
    public static OpenAiError pathNotFound(String hint) {
        return of(404, "404", "Resource not found. " + hint);
    }

    /** 405 for a method that the path does not have. */
    public static OpenAiError methodNotAllowed(String method, String allowed) {
        return new OpenAiError(
                405, "405", "method: " + shown(method) + " (expected: " + allowed + ")", Map.of("allow", allowed));
    }

    /** 411: a body is needed and none arrived. */
    public static OpenAiError bodyMissing() {
        return of(
                411,
                "length_required",
                "body: empty (expected: JSON with a Content-Length; a body sent with Transfer-Encoding: chunked does not"
                        + " reach a function, so let your client send its length)");
    }

    /** 408: the sender of a body fell silent, or takes longer than any call may. */
    public static OpenAiError requestTimeout() {
        return of(
                408,
                "request_timeout",
                "body: did not arrive in time (expected: without a pause of 30 s, within 220 s)");
    }

    /** 415: the Java worker hands text over, and would destroy such a body. */
    public static OpenAiError formNotSupported(String type) {
        return of(
                415,
                "unsupported_media_type",
                "content-type: " + shown(type)
                        + " (expected: JSON; the worker host takes forms on its upload routes alone,"
                        + " the streaming host on every path)");
    }

    /** 400: what came is no HTTP request. */
    public static OpenAiError malformedRequest() {
        return of(400, "invalid_request", "request: malformed (expected: HTTP/1.1)");
    }

    /** 414: the request line is over the bound. */
    public static OpenAiError uriTooLong(long bound) {
        return of(414, "uri_too_long", "request line: too long (expected: at most " + bound + " bytes)");
    }

    /** 431: the headers together are over the bound. */
    public static OpenAiError headersTooLarge(long bound) {
        return of(431, "headers_too_large", "headers: too large (expected: at most " + bound + " bytes together)");
    }

    /** 413: the body is over the bound. */
    public static OpenAiError bodyTooLarge(long bound) {
        return of(413, "request_too_large", "body: too large (expected: at most " + bound + " bytes)");
    }

    /**
     * R5: every region is cooling. The wait is told in both headers as an integer, since clients read either, and in the
     * sentence that some callers parse.
     *
     * @param wait until the soonest region may be called again; told as at least 1 s and at most 60 s
     */
    public static OpenAiError throttled(String model, Duration wait) {
        long millis = Math.min(Math.max(wait.toMillis(), 1), LONGEST_RETRY_AFTER.toMillis());
        long seconds = (millis + 999) / 1000;
        return new OpenAiError(
                429,
                "429",
                "Requests to " + shown(model) + " have exceeded the rate limit of every region that serves it."
                        + " Please retry after " + seconds + " seconds.",
                retryAfter(millis));
    }

    /**
     * The caller's own quota, which the settings give it, is used up; no region was called.
     *
     * @param wait until the request fits
     * @param never whether it is larger than the whole quota
     */
    public static OpenAiError callerQuotaExceeded(Duration wait, boolean never) {
        long millis = Math.min(Math.max(wait.toMillis(), 1), LONGEST_RETRY_AFTER.toMillis());
        Map<String, String> headers = new LinkedHashMap<>(retryAfter(millis));
        if (never) {
            headers.put("x-should-retry", "false");
        }
        return new OpenAiError(
                429,
                "caller_quota_exceeded",
                "This key has used up its own quota at the router"
                        + (never ? ", which this request alone exceeds" : "")
                        + ". Please retry after " + (millis + 999) / 1000 + " seconds.",
                headers);
    }

    /** R3: the request alone exceeds the quota of every region, so waiting does not help. */
    public static OpenAiError doesNotFit(String model) {
        Map<String, String> headers = new LinkedHashMap<>(retryAfter(LONGEST_RETRY_AFTER.toMillis()));
        headers.put("x-should-retry", "false");
        return new OpenAiError(
                429,
                "request_exceeds_quota",
                "This request is larger than the tokens-per-minute quota of every region of " + shown(model)
                        + ". Send a smaller prompt or max_tokens, or raise the quota. Please retry after 60 seconds.",
                headers);
    }

    /** 503: every region failed too often lately and is left alone for a while (R6). */
    public static OpenAiError noRegionAvailable(String model, Duration wait) {
        return new OpenAiError(
                503,
                "no_region_available",
                "Every region of " + shown(model) + " has failed lately and is left alone for a moment.",
                retryAfter(Math.min(Math.max(wait.toMillis(), 1), LONGEST_RETRY_AFTER.toMillis())));
    }

    /** 502, or 503 if their streams began with errors: regions were called, and none gave an answer that can be shown. */
    public static OpenAiError regionsFailed(int status, String model) {
        return of(
                status,
                "upstream_failed",
                "No region of " + shown(model) + " gave an answer; x-router-attempts tells what was tried.");
    }

    /** 504: the last region stayed silent. */
    public static OpenAiError regionsSilent(String model) {
        return of(
                504,
                "upstream_timeout",
                "No region of " + shown(model) + " answered in time; x-router-attempts tells what was tried.");
    }

    /** 503: the router's own connection pools are full. */
    public static OpenAiError overloaded() {
        return of(503, "router_overloaded", "The router has too many calls under way. Try again.");
    }

    /** 502: a region's answer broke off, or is larger than a function can hand over. */
    public static OpenAiError answerBroken() {
        return of(502, "upstream_answer_broken", "The region's answer broke off or is too large. Try again.");
    }

    /** R7: no region accepts the router's own credentials. Never a 401, since the caller's key is not at fault. */
    public static OpenAiError credentialsRefused(String model) {
        return of(
                502,
                "upstream_auth_failed",
                "The regions of " + shown(model) + " refuse the router's own credentials. Tell the router's operator.");
    }

    /** R10: the time is used up. A client that repeats the call would only spend the same time again. */
    public static OpenAiError outOfTime(Duration deadline) {
        return new OpenAiError(
                504,
                "deadline_exceeded",
                "No answer within " + deadline.toMillis() + " ms; x-router-attempts tells what was tried.",
                Map.of("x-should-retry", "false"));
    }

    /** 503: the settings cannot be read, so no call can be routed. */
    public static OpenAiError notConfigured() {
        return of(503, "router_not_configured", "The router's settings cannot be read; its log names every fault.");
    }

    /** 500: a fault of the router's own. */
    public static OpenAiError internal(String requestId) {
        return of(500, "internal_error", "The router failed. Tell its operator the request id " + requestId + ".");
    }

    /** The body, UTF-8 JSON. */
    public byte[] body() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonWriter json = JsonProviders.createWriter(bytes)) {
            json.writeStartObject()
                    .writeStartObject("error")
                    .writeStringField("code", code)
                    .writeStringField("message", message)
                    .writeEndObject()
                    .writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Whether a body is an error in Azure's shape: a JSON object with an {@code error} object. */
    public static boolean isShapeOf(byte[] body) {
        try (JsonReader json = JsonProviders.createReader(body)) {
            return json.readObject(reader -> {
                boolean shape = false;
                while (reader.nextToken() != JsonToken.END_OBJECT) {
                    boolean error = reader.getFieldName().equals("error");
                    shape |= reader.nextToken() == JsonToken.START_OBJECT && error;
                    reader.skipChildren();
                }
                return shape;
            });
        } catch (IOException | RuntimeException notJson) {
            return false;
        }
    }

    private static Map<String, String> retryAfter(long millis) {
        return Map.of("retry-after-ms", Long.toString(millis), "retry-after", Long.toString((millis + 999) / 1000));
    }

    /** A value of the caller's, short enough for a message. */
    static String shown(String value) {
        return value.length() <= 100 ? value : value.substring(0, 100) + "…";
    }
}
