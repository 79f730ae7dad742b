package io.github.regionrouter.host;

import io.github.regionrouter.Router;
import io.github.regionrouter.RouterRequest;
import io.github.regionrouter.RouterResponse;
import io.github.regionrouter.openai.OpenAiError;
import io.github.regionrouter.pipeline.RouterPipeline;
import io.github.regionrouter.settings.RouterSettings;
import io.github.regionrouter.settings.RouterSettings.Caller;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** What both hosts do with a request: see who calls, then let the engine answer. */
final class FrontDoor {

    /** The largest request body; both hosts hold a body in memory, since it may have to be sent more than once. */
    static final int LONGEST_BODY = 20 * 1024 * 1024;

    private final CallerKeys keys;
    private final Router router;

    FrontDoor(RouterSettings settings, Router router) {
        this.keys = new CallerKeys(settings);
        this.router = router;
    }

    /** A door to a router on the real clock and network. */
    static FrontDoor open(RouterSettings settings) {
        return new FrontDoor(settings, Router.create(settings, RouterPipeline.transport(), new RouterIdentity()));
    }

    /** Answers a request; never an error signal. */
    Mono<RouterResponse> answer(RouterRequest request) {
        if (request.body().length > LONGEST_BODY) {
            return Mono.just(refusal(OpenAiError.bodyTooLarge(LONGEST_BODY)));
        }
        Optional<Caller> caller = keys.callerOf(request);
        return caller.isEmpty() ? Mono.just(refusal(OpenAiError.invalidKey())) : router.route(request, caller.get());
    }

    /** An answer for a request that does not get as far as the engine. */
    static RouterResponse refusal(OpenAiError error) {
        return RouterResponse.of(error, Router.newRequestId());
    }
}
