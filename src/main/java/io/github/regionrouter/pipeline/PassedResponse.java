package io.github.regionrouter.pipeline;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.FluxUtil;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A region's response whose body is watched or made over on its way. */
final class PassedResponse extends HttpResponse {

    private final HttpResponse response;
    private final HttpHeaders headers;
    private final Flux<ByteBuffer> body;
    private final Runnable onClose;

    /** @param onClose run when the response is closed unread */
    PassedResponse(HttpResponse response, Flux<ByteBuffer> body, Runnable onClose) {
        this(response, response.getHeaders(), body, onClose);
    }

    PassedResponse(HttpResponse response, HttpHeaders headers, Flux<ByteBuffer> body, Runnable onClose) {
        super(response.getRequest());
        this.response = response;
        this.headers = headers;
        this.body = body;
        this.onClose = onClose;
    }

    /** One whose body may come out longer or shorter than the region said. */
    static PassedResponse ofAnyLength(HttpResponse response, Flux<ByteBuffer> body) {
        HttpHeaders headers = new HttpHeaders(response.getHeaders());
        headers.remove(HttpHeaderName.CONTENT_LENGTH);
        return new PassedResponse(response, headers, body, response::close);
    }

    @Override
    public int getStatusCode() {
        return response.getStatusCode();
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
        return body;
    }

    @Override
    public Mono<byte[]> getBodyAsByteArray() {
        return FluxUtil.collectBytesInByteBufferStream(getBody());
    }

    @Override
    public Mono<String> getBodyAsString() {
        return getBodyAsString(StandardCharsets.UTF_8);
    }

    @Override
    public Mono<String> getBodyAsString(Charset charset) {
        return getBodyAsByteArray().map(bytes -> new String(bytes, charset));
    }

    @Override
    public void close() {
        response.close();
        onClose.run();
    }
}
