package io.github.regionrouter.pipeline;

import io.github.regionrouter.attempt.Ending;
import io.github.regionrouter.openai.OpenAiError;
import java.time.Duration;

/** The router's own words for each way a call can end without a region's answer. */
final class Endings {

    private Endings() {}

    static OpenAiError error(Ending ending, String model, Duration deadline) {
        if (ending instanceof Ending.Throttled throttled) {
            return OpenAiError.throttled(model, throttled.retryAfter());
        }
        if (ending instanceof Ending.DoesNotFit) {
            return OpenAiError.doesNotFit(model);
        }
        if (ending instanceof Ending.NoneAvailable none) {
            return OpenAiError.noRegionAvailable(model, none.retryAfter());
        }
        if (ending instanceof Ending.CredentialsRefused) {
            return OpenAiError.credentialsRefused(model);
        }
        if (ending instanceof Ending.OutOfTime) {
            return OpenAiError.outOfTime(deadline);
        }
        if (ending instanceof Ending.NotFound) {
            return OpenAiError.deploymentNotFound(model);
        }
        Ending.Why why = ending instanceof Ending.Failed failed ? failed.why() : Ending.Why.BROKEN;
        return switch (why) {
            case SILENT -> OpenAiError.regionsSilent(model);
            case STREAM_ERROR -> OpenAiError.regionsFailed(503, model);
            case LOCAL -> OpenAiError.overloaded();
            case BROKEN -> OpenAiError.regionsFailed(502, model);
        };
    }
}
