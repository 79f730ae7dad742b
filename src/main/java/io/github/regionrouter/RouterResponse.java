package io.github.regionrouter;

import io.github.regionrouter.openai.OpenAiError;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;

/**
 * The answer to a request, for a host to write. The body must be subscribed to once; cancelling it cancels the call upstream
 * (R14).
 *
 * @param status HTTP status
 * @param headers those that go to the caller, without framing; names differ in more than case
 * @param contentLength length of the body in bytes; −1 if it is not known
 * @param body bytes as they come
 */
public record RouterResponse(int status, Map<String, List<String>> headers, long contentLength, Flux<ByteBuffer> body) {

    static final String REQUEST_ID = "x-router-request-id";
    static final String NO_SNIFFING = "x-content-type-options";

    /** An answer of the router's own. */
    public static RouterResponse of(OpenAiError error, String requestId) {
        RouterResponse response = of(error.status(), error.body(), requestId);
        error.headers().forEach((name, value) -> response.headers.put(name, List.of(value)));
        return response;
    }

    /** A JSON answer of the router's own. */
    static RouterResponse of(int status, byte[] json, String requestId) {
        return of(status, Map.of("content-type", List.of("application/json")), json, requestId);
    }

    /** An answer of the router's own, which nobody is to keep. */
    public static RouterResponse of(int status, Map<String, List<String>> headers, byte[] body, String requestId) {
        Map<String, List<String>> all = new LinkedHashMap<>(headers);
        all.put("cache-control", List.of("no-store"));
        all.put(NO_SNIFFING, List.of("nosniff"));
        all.put(REQUEST_ID, List.of(requestId));
        return new RouterResponse(status, all, body.length, Flux.defer(() -> Flux.just(ByteBuffer.wrap(body))));
    }

    /** The same answer with one more header. */
    public RouterResponse with(String name, String value) {
        Map<String, List<String>> all = new LinkedHashMap<>(headers);
        all.put(name, List.of(value));
        return new RouterResponse(status, all, contentLength, body);
    }

    /** The answer to HEAD: what GET would answer, but the body. */
    public RouterResponse withoutBody() {
        return new RouterResponse(status, headers, contentLength, Flux.empty());
    }
}
