package io.github.regionrouter.lab.load;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What the nth call is, from the seed and n alone. So a run with the same seed makes the same calls in the same order, however
 * its threads happen to interleave.
 */
final class CallDeck {

    /** Odd and far from SplittableRandom's own step, so that two calls never draw from shifted copies of one sequence. */
    private static final long STEP = 0xD1B54A32D192ED03L;

    private final List<Target> targets;
    private final TokenSizes promptTokens;
    private final TokenSizes maxTokens;
    private final int cacheKeys;
    private final long origin;

    CallDeck(LoadPlan plan) {
        targets = plan.targets();
        promptTokens = plan.promptTokens();
        maxTokens = plan.maxTokens();
        cacheKeys = plan.cacheKeys();
        origin = new SplittableRandom(plan.seed()).nextLong();
    }

    Call call(long index) {
        SplittableRandom random = new SplittableRandom(origin + index * STEP);
        Target target = targets.get(random.nextInt(targets.size()));
        int prompt = promptTokens.next(random);
        int answer = maxTokens.next(random);
        String cacheKey = cacheKeys == 0 ? null : "load-" + random.nextInt(cacheKeys);
        return new Call(index, target, prompt, answer, cacheKey);
    }
}
