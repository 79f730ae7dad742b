package io.github.regionrouter.pipeline;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import io.github.regionrouter.openai.OpenAiError;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A small answer whose body is in memory: one that a region gave and that was kept, or one of the router's own. */
final class HeldResponse extends HttpResponse {

    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    HeldResponse(HttpRequest request, int status, HttpHeaders headers, byte[] body) {
        super(request);
        this.status = status;
        this.headers = new HttpHeaders(headers).set(HttpHeaderName.CONTENT_LENGTH, Integer.toString(body.length));
        this.body = body;
    }

    /** An answer of the router's own. */
    static HeldResponse of(HttpRequest request, OpenAiError error) {
        HttpHeaders headers = new HttpHeaders().set(HttpHeaderName.CONTENT_TYPE, "application/json");
        error.headers().forEach((name, value) -> headers.set(HttpHeaderName.fromString(name), value));
        return new HeldResponse(request, error.status(), headers, error.body());
    }

    /** A region's answer with its body, read. */
    static HeldResponse of(HttpResponse response, byte[] body) {
        return new HeldResponse(response.getRequest(), response.getStatusCode(), response.getHeaders(), body);
    }

    @Override
    public int getStatusCode() {
        return status;
    }

    @Override
    @Deprecated
    public @Nullable String getHeaderValue(String name) {
        return headers.getValue(HttpHeaderName.fromString(name));
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    @Override
    public Flux<ByteBuffer> getBody() {
        return Flux.defer(() -> Flux.just(ByteBuffer.wrap(body)));
    }

    @Override
    public Mono<byte[]> getBodyAsByteArray() {
        return Mono.just(body);
    }

    @Override
    public Mono<String> getBodyAsString() {
        return getBodyAsString(StandardCharsets.UTF_8);
    }

    @Override
    public Mono<String> getBodyAsString(Charset charset) {
        return Mono.just(new String(body, charset));
    }
}
