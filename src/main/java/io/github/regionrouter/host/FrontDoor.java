package io.github.regionrouter.host;

import io.github.regionrouter.Router;
import io.github.regionrouter.RouterRequest;
import io.github.regionrouter.RouterResponse;
import io.github.regionrouter.openai.OpenAiError;
import io.github.regionrouter.openai.RefusedCall;
import io.github.regionrouter.settings.RouterSettings;
import io.github.regionrouter.settings.RouterSettings.Caller;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** What both hosts do with a request: see who calls, then let the engine answer, or one of the router's own pages. */
final class FrontDoor {

    /** The largest request body; both hosts hold a body in memory, since it may have to be sent more than once. */
    static final int LONGEST_BODY = 20 * 1024 * 1024;

    private final Router router;
    private final StatusPages pages;
    private final boolean easyAuth;

    private volatile CallerKeys keys;

    /**
     * @param easyAuth whether the platform authenticates callers before the router sees them
     * @param pages what lies below {@code /router/}
     */
    FrontDoor(RouterSettings settings, Router router, boolean easyAuth, StatusPages pages) {
        this.router = router;
        this.pages = pages;
        this.easyAuth = easyAuth;
        this.keys = new CallerKeys(settings, easyAuth);
    }

    /** From now on these settings are in force. */
    void use(RouterSettings newer) {
        router.use(newer);
        keys = new CallerKeys(newer, easyAuth);
    }

    /**
     * Answers a request; never an error signal. A host that reads the body as it comes asks for it only when the caller is known,
     * so that nobody else costs memory.
     *
     * @param head the request without its body
     * @param body the body; may fail with {@link RefusedCall}
     */
    Mono<RouterResponse> answer(RouterRequest head, Mono<byte[]> body) {
        if (StatusPages.isPage(head.path())) {
            return Mono.fromSupplier(() -> pages.answer(head, keys));
        }
        Optional<Caller> caller = keys.callerOf(head);
        if (caller.isEmpty()) {
            return Mono.just(refusal(OpenAiError.invalidKey()));
        }
        return body.flatMap(bytes -> bytes.length > LONGEST_BODY
                        ? Mono.just(refusal(OpenAiError.bodyTooLarge(LONGEST_BODY)))
                        : router.route(head.with(bytes), caller.get()))
                .onErrorResume(RefusedCall.class, refused -> Mono.just(refusal(refused.error())));
    }

    /** Answers a request whose body is here. */
    Mono<RouterResponse> answer(RouterRequest request) {
        return answer(request, Mono.just(request.body()));
    }

    /** An answer for a request that does not get as far as the engine. */
    static RouterResponse refusal(OpenAiError error) {
        return RouterResponse.of(error, Router.newRequestId());
    }
}
