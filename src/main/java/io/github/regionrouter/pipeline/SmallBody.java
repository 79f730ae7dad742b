package io.github.regionrouter.pipeline;

import com.azure.core.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Reads the body of an answer that is not passed on as it comes. Closing such an answer unread would cost its connection,
 * and with it a TLS handshake at the worst moment; reading a large or slow one would cost more. So small ones are read, and
 * the others closed.
 */
final class SmallBody {

    static final int BOUND = 64 * 1024;
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private SmallBody() {}

    /** The body; empty, and the connection closed, if it is over 64 KiB, takes over a second or breaks. */
    static Mono<Optional<byte[]>> read(HttpResponse response, Scheduler scheduler) {
        return InTime.mono(BoundedBody.collect(response.getBody(), BOUND), PATIENCE, scheduler, tooLate -> {})
                .map(Optional::of)
                .onErrorReturn(Optional.empty()); // which closes the connection
    }
}
