package io.github.regionrouter.pipeline;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Collects a body in memory, up to a bound. */
public final class BoundedBody {

    private static final int START = 4 * 1024;

    private BoundedBody() {}

    /**
     * @param bound in bytes
     * @return the whole body; fails as the body fails, and with {@link TooLargeException} over the bound, which cancels it
     */
    public static Mono<byte[]> collect(Flux<ByteBuffer> body, int bound) {
        return Mono.defer(() -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(START);
            return body.doOnNext(piece -> append(piece, bytes, bound)).then(Mono.fromSupplier(bytes::toByteArray));
        });
    }

    /** How many bytes the sender says that the body has; −1 if it does not. */
    public static long declaredLength(HttpResponse response) {
        String length = response.getHeaders().getValue(HttpHeaderName.CONTENT_LENGTH);
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException unreadable) {
            return -1;
        }
    }

    private static void append(ByteBuffer piece, ByteArrayOutputStream bytes, int bound) {
        if (bytes.size() + piece.remaining() > bound) {
            throw new TooLargeException(bound);
        }
        if (piece.hasArray()) {
            bytes.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
        } else {
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            bytes.writeBytes(copy);
        }
    }

    /** The body is larger than anybody here can hold. */
    public static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLargeException(int bound) {
            super("body: over " + bound + " bytes", null, false, false);
        }
    }
}
