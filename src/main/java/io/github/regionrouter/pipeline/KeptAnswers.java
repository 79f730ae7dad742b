package io.github.regionrouter.pipeline;

import com.azure.core.http.HttpResponse;
import io.github.regionrouter.attempt.Ending;
import io.github.regionrouter.openai.OpenAiError;
import io.github.regionrouter.region.Region;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answers a call passed by which may still be what its caller gets: the last failure in Azure's shape, and the last that
 * says that something is not there (design §5.1, R8, R12). A page of HTML from some proxy is not kept.
 */
final class KeptAnswers {

    private @Nullable Kept failure;
    private @Nullable Kept absence;

    /** @param body empty if it was too large or broke */
    void keep(Region region, HttpResponse response, Optional<byte[]> body) {
        int status = response.getStatusCode();
        boolean failed = status == 408 || status >= 500;
        if (body.isEmpty() || !(failed || status == 404 || status == 400) || !OpenAiError.isShapeOf(body.get())) {
            return;
        }
        Kept answer =
                new Kept(region, new HeldResponse(response.getRequest(), status, response.getHeaders(), body.get()));
        if (failed) {
            failure = answer;
        } else {
            absence = answer;
        }
    }

    /** The answer that this ending calls for, or null if the router has to make one. */
    @Nullable
    Kept forEnding(Ending ending) {
        if (ending instanceof Ending.Failed) {
            return failure;
        }
        return ending instanceof Ending.NotFound ? absence : null;
    }

    /** An answer and who gave it. */
    record Kept(Region region, HttpResponse response) {}
}
