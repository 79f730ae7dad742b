package io.github.regionrouter.host;

import io.github.regionrouter.RouterResponse;
import io.github.regionrouter.host.WorkerCall.WholeResponse;
import io.github.regionrouter.openai.OpenAiError;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import reactor.core.publisher.Mono;

/** Collects the body of an answer for the worker host, up to a bound. */
final class WholeBody {

    /** The largest answer; the worker's instance holds it several times over. */
    static final int LONGEST = 64 * 1024 * 1024;

    private WholeBody() {}

    /** An answer that breaks off or is too large becomes an error of the router's. */
    static Mono<WholeResponse> of(RouterResponse answer) {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream((int) Math.max(512, Math.min(answer.contentLength(), LONGEST)));
        return answer.body()
                .doOnNext(part -> append(part, bytes))
                .then(Mono.fromSupplier(
                        () -> new WholeResponse(answer.status(), answer.headers(), bytes.toByteArray())))
                .onErrorResume(broken -> of(FrontDoor.refusal(OpenAiError.answerBroken())));
    }

    private static void append(ByteBuffer part, ByteArrayOutputStream bytes) {
        if (bytes.size() + part.remaining() > LONGEST) {
            throw new IllegalStateException("body: over " + LONGEST + " bytes");
        }
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        bytes.writeBytes(copy);
    }
}
