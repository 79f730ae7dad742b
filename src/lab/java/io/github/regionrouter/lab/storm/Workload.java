package io.github.regionrouter.lab.storm;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;

/**
 * What callers do to which regions. Calls come at random (Poisson); their sizes and times are log-normal: 1,000 tokens in the
 * mean, 0.4 s to the first token in the median, 8 ms for each token of the answer, which is a fifth of all. Half of the calls are streams,
 * whose headers come with the first token; those of the others come with the whole answer.
 *
 * @param name a short name for files and tests
 * @param title for readers
 * @param share of the combined quota that is asked for, over the whole run
 * @param shape how the rate moves around its mean over time (nanoseconds); 1 in the mean
 * @param cacheKeys how many prefixes the prompts have; 0 for prompts not worth keeping
 */
record Workload(
        String name, String title, List<RegionSpec> regions, double share, LongToDoubleFunction shape, int cacheKeys) {

    /** Counting begins when the first calls have been answered, and ends while calls still come. */
    static final long COUNT_FROM = 180 * VirtualTime.SECOND;

    static final long COUNT_UNTIL = 780 * VirtualTime.SECOND;
    private static final long LAST_CALL = 840 * VirtualTime.SECOND;

    private static final double MEAN_TOKENS = 1_000;
    private static final double SIGMA_TOKENS = 0.8;
    private static final double ANSWER = 0.2;
    private static final double NANOS_PER_TOKEN = 8e6;
    private static final double MEDIAN_FIRST_TOKEN = 0.4 * VirtualTime.SECOND;
    private static final double SIGMA_FIRST_TOKEN = 0.5;
    private static final double MOST_SHAPE = 4;

    /** The same calls for the same seed. */
    List<Call> calls(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double fastest = callsPerNano() * MOST_SHAPE;
        List<Call> calls = new ArrayList<>();
        long at = 0;
        while (true) {
            at += (long) (-Math.log(1 - random.nextDouble()) / fastest);
            if (at >= LAST_CALL) {
                return calls;
            }
            if (random.nextDouble() * MOST_SHAPE < shape.applyAsDouble(at)) {
                calls.add(call(at, random));
            }
        }
    }

    /** Whether some regions come before others. */
    boolean hasTiers() {
        return regions.stream().map(RegionSpec::priority).distinct().count() > 1;
    }

    private double callsPerNano() {
        double calls = 0;
        for (RegionSpec region : regions) {
            calls += region.quota().perNano() / (region.quota().countsTokens() ? MEAN_TOKENS : 1);
        }
        return calls * share;
    }

    private Call call(long at, SplittableRandom random) {
        double normal = random.nextGaussian();
        double tokens = MEAN_TOKENS * Math.exp(SIGMA_TOKENS * normal - SIGMA_TOKENS * SIGMA_TOKENS / 2);
        double firstToken = MEDIAN_FIRST_TOKEN * Math.exp(SIGMA_FIRST_TOKEN * random.nextGaussian());
        double duration = firstToken + tokens * ANSWER * NANOS_PER_TOKEN;
        boolean stream = random.nextBoolean();
        return new Call(
                at,
                random.nextDouble(),
                (int) Math.max(1, Math.round(tokens)),
                (long) (stream ? firstToken : duration),
                (long) duration,
                cacheKeys == 0 ? -1 : random.nextInt(cacheKeys));
    }
}
