package io.github.regionrouter.host;

import io.github.regionrouter.attempt.Deadline;
import io.github.regionrouter.openai.OpenAiError;
import io.github.regionrouter.openai.RefusedCall;
import io.github.regionrouter.pipeline.InTime;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.server.HttpServerRequest;

/** Reads the body of a request into memory, up to a bound. */
final class RequestBody {

    /** A body over the bound is read to its end up to here, so that its sender gets to read the 413. */
    private static final long LONGEST_PATIENCE = 10L * FrontDoor.LONGEST_BODY;

    /** The longest pause of a sender, and the longest time a body may take: nothing runs past 220 s (R10). */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    static final Duration LONGEST_TIME = Deadline.LONGEST;

    /** Memory is given as a body comes: a length that is only said costs no more than this. */
    private static final int START = 64 * 1024;

    /** What has come vouches for so many times as much of the length that was said: 1 MB is copied together once. */
    private static final int TRUST = 32;

    /** How a body grows that says no length. */
    private static final int GROWTH = 4;

    private final int expected;
    private final Scheduler scheduler;
    private final long begun;
    private byte[] bytes;
    private int length;
    private long seen;

    private RequestBody(int expected, Scheduler scheduler) {
        this.expected = expected;
        this.scheduler = scheduler;
        this.begun = scheduler.now(TimeUnit.MILLISECONDS);
        this.bytes = new byte[Math.min(expected, START)];
    }

    /**
     * @param scheduler measures how slow the sender is
     * @return the body; fails with {@link RefusedCall} if it is over the bound or does not arrive in time
     */
    static Mono<byte[]> read(HttpServerRequest request, Scheduler scheduler) {
        long declared = declaredLength(request);
        boolean waitsForLeave = request.requestHeaders().contains(HttpHeaderNames.EXPECT);
        if (declared > LONGEST_PATIENCE || (declared > FrontDoor.LONGEST_BODY && waitsForLeave)) {
            return Mono.error(new RefusedCall(OpenAiError.bodyTooLarge(FrontDoor.LONGEST_BODY)));
        }
        RequestBody body = new RequestBody((int) Math.min(declared, FrontDoor.LONGEST_BODY), scheduler);
        return InTime.eachPiece(request.receive(), LONGEST_PAUSE, scheduler)
                .collect(() -> body, RequestBody::append)
                .map(RequestBody::whole)
                .onErrorMap(TimeoutException.class, late -> new RefusedCall(OpenAiError.requestTimeout()));
    }

    private void append(ByteBuf part) {
        int size = part.readableBytes();
        seen += size;
        if (seen > LONGEST_PATIENCE) {
            throw new RefusedCall(OpenAiError.bodyTooLarge(FrontDoor.LONGEST_BODY));
        }
        if (scheduler.now(TimeUnit.MILLISECONDS) - begun > LONGEST_TIME.toMillis()) {
            throw new RefusedCall(OpenAiError.requestTimeout());
        }
        if (seen > FrontDoor.LONGEST_BODY) {
            bytes = new byte[0];
            return;
        }
        if (length + size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + size, believed()));
        }
        part.readBytes(bytes, length, size);
        length += size;
    }

    private int believed() {
        return expected > 0
                ? (int) Math.min((long) TRUST * bytes.length, expected)
                : (int) Math.min((long) GROWTH * bytes.length, FrontDoor.LONGEST_BODY);
    }

    private byte[] whole() {
        if (seen > FrontDoor.LONGEST_BODY) {
            throw new RefusedCall(OpenAiError.bodyTooLarge(FrontDoor.LONGEST_BODY));
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private static long declaredLength(HttpServerRequest request) {
        String value = request.requestHeaders().get(HttpHeaderNames.CONTENT_LENGTH);
        try {
            return value == null ? 0 : Math.max(0, Long.parseLong(value));
        } catch (NumberFormatException unreadable) {
            return 0;
        }
    }
}
