package io.github.regionrouter.host;

import io.github.regionrouter.RouterResponse;
import io.github.regionrouter.host.WorkerCall.WholeResponse;
import io.github.regionrouter.openai.OpenAiError;
import io.github.regionrouter.pipeline.BoundedBody;
import io.github.regionrouter.pipeline.WholeAnswer;
import reactor.core.publisher.Mono;

/** Waits for the body of an answer, since the worker takes whole bodies alone. */
final class WholeBody {

    private WholeBody() {}

    /** An answer that breaks off or is too large becomes an error of the router's. */
    static Mono<WholeResponse> of(RouterResponse answer) {
        return BoundedBody.collect(answer.body(), WholeAnswer.LONGEST)
                .map(bytes -> new WholeResponse(answer.status(), answer.headers(), bytes))
                .onErrorResume(broken -> of(FrontDoor.refusal(OpenAiError.answerBroken())));
    }
}
