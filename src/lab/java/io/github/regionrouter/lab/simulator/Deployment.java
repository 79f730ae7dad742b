package io.github.regionrouter.lab.simulator;

/** One deployment of a region: its limit, what it remembers of prompts, and its content filter. Thread-safe. */
final class Deployment {

    private final Limit limit;
    private final PromptCache cache;
    private final Filter filter;

    Deployment(Quotas quotas, RegionConfig config, long originNanos) {
        limit = quotas.provisionedTokensPerMinute() > 0
                ? new ProvisionedThroughput(quotas.provisionedTokensPerMinute(), config.clock())
                : new Quota(quotas, originNanos, config.clock());
        cache = new PromptCache(config.caching(), config.clock());
        filter = config.filter();
    }

    /** Refused calls have the headers of the limit too. */
    Answer answer(Operation operation, Call call) {
        Demand demand = operation.demand(call);
        long cached = cache.known(demand);
        Verdict verdict = limit.admit(demand, cached);
        if (!verdict.admitted()) {
            return Answer.text(429, verdict.refusal(operation.name(), call.apiVersion()))
                    .withHeaders(verdict.headers());
        }
        call.admitted(demand, cached);
        Answer answer = operationAnswer(operation, call);
        if (demand.answerTokens() > 0) {
            call.request().whenMade(how -> limit.ended(demand.answerTokens(), answer.tokens()));
        }
        return answer.withHeaders(verdict.headers());
    }

    private Answer operationAnswer(Operation operation, Call call) {
        if (filter.stopsPrompt(call.demand().prompt())) {
            return Answer.text(400, AzureError.bodyOf(400));
        }
        try {
            Answer answer = operation.answer(call);
            cache.remember(call.demand());
            return answer;
        } catch (Refusal e) {
            return e.answer();
        }
    }
}
