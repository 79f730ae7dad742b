package io.github.regionrouter.host;

import io.github.regionrouter.openai.OpenAiError;
import io.github.regionrouter.openai.RefusedCall;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Reads the body of a request into memory, up to a bound. */
final class RequestBody {

    /** A body over the bound is read to its end up to here, so that its sender gets to read the 413. */
    private static final long LONGEST_PATIENCE = 10L * FrontDoor.LONGEST_BODY;

    private byte[] bytes;
    private int length;
    private long seen;

    private RequestBody(int expected) {
        this.bytes = new byte[expected];
    }

    /** @return the body; fails with {@link RefusedCall} if it is over the bound */
    static Mono<byte[]> read(HttpServerRequest request) {
        long declared = request.requestHeaders().contains("content-length") ? declaredLength(request) : 0;
        boolean waitsForLeave = request.requestHeaders().contains("expect");
        if (declared > LONGEST_PATIENCE || (declared > FrontDoor.LONGEST_BODY && waitsForLeave)) {
            return Mono.error(new RefusedCall(OpenAiError.bodyTooLarge(FrontDoor.LONGEST_BODY)));
        }
        RequestBody body = new RequestBody((int) Math.min(declared, FrontDoor.LONGEST_BODY));
        return request.receive().doOnNext(body::append).then(Mono.fromSupplier(body::whole));
    }

    private void append(ByteBuf part) {
        int size = part.readableBytes();
        seen += size;
        if (seen > LONGEST_PATIENCE) {
            throw new RefusedCall(OpenAiError.bodyTooLarge(FrontDoor.LONGEST_BODY));
        }
        if (seen > FrontDoor.LONGEST_BODY) {
            bytes = new byte[0];
            return;
        }
        if (length + size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + size, Math.min(2 * bytes.length, FrontDoor.LONGEST_BODY)));
        }
        part.readBytes(bytes, length, size);
        length += size;
    }

    private byte[] whole() {
        if (seen > FrontDoor.LONGEST_BODY) {
            throw new RefusedCall(OpenAiError.bodyTooLarge(FrontDoor.LONGEST_BODY));
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private static long declaredLength(HttpServerRequest request) {
        String value = request.requestHeaders().get("content-length");
        try {
            return Math.max(0, Long.parseLong(value));
        } catch (NumberFormatException unreadable) {
            return 0;
        }
    }
}
