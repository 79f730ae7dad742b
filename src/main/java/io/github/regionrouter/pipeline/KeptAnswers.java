package io.github.regionrouter.pipeline;

import com.azure.core.http.HttpResponse;
import io.github.regionrouter.attempt.Ending;
import io.github.regionrouter.openai.OpenAiError;
import io.github.regionrouter.region.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The answers a call passed by which may still be what its caller gets: the last failure in Azure's shape, and the last that
 * says that something is not there (design §5.1, R8, R12). A page of HTML from some proxy is not kept.
 */
final class KeptAnswers {

    private final List<Mono<?>> underWay = new ArrayList<>(2);
    private @Nullable Kept failure;
    private @Nullable Kept absence;

    /** @param text the body; empty if it is too large or breaks. Read at once, beside whatever the call does next. */
    void keep(Region region, HttpResponse response, Mono<Optional<byte[]>> text) {
        int number = underWay.size();
        Mono<?> reading =
                text.doOnNext(body -> keep(number, region, response, body)).cache();
        underWay.add(reading);
        reading.subscribe();
    }

    /** When every body that this ending may call for has been read, or given up. */
    Mono<Void> settledFor(Ending ending) {
        return ending instanceof Ending.Failed || ending instanceof Ending.NotFound
                ? Mono.when(underWay)
                : Mono.empty();
    }

    private synchronized void keep(int number, Region region, HttpResponse response, Optional<byte[]> body) {
        int status = response.getStatusCode();
        boolean failed = status == 408 || status >= 500;
        boolean absent = status == 404 || status == 400;
        if (body.isEmpty() || !(failed || absent) || !OpenAiError.isShapeOf(body.get())) {
            return;
        }
        Kept answer = new Kept(
                number, region, new HeldResponse(response.getRequest(), status, response.getHeaders(), body.get()));
        if (failed) {
            failure = later(failure, answer);
        } else {
            absence = later(absence, answer);
        }
    }

    /** A slow body of an early answer must not take the place of a later answer. */
    private static Kept later(@Nullable Kept one, Kept other) {
        return one != null && one.number > other.number ? one : other;
    }

    /** The answer that this ending calls for, or null if the router has to make one. */
    @Nullable
    Kept forEnding(Ending ending) {
        if (ending instanceof Ending.Failed) {
            return failure;
        }
        return ending instanceof Ending.NotFound ? absence : null;
    }

    /** An answer, the how-manieth it was, and who gave it. */
    record Kept(int number, Region region, HttpResponse response) {}
}
