package io.github.regionrouter.lab.simulator;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Provisioned throughput of one deployment, the leaky bucket of Azure's documentation: each call adds the tokens of its prompt,
 * less the cached ones, and those its answer may have; the bucket runs out at a constant rate; while it is over the brim, calls
 * are refused and told how long that will be. When a call ends, what was charged for its answer is made right.
 *
 * <p>How large the bucket is the documentation does not say ("bursts just over 100 % may be permitted in short periods"); here it
 * holds what runs out in 10 s.
 */
final class ProvisionedThroughput implements Limit {

    static final Duration DEPTH = Duration.ofSeconds(10);

    private static final double NANOS_PER_MINUTE = 60e9;

    private final double tokensPerNano;
    private final LongSupplier clock;
    private double level;
    private long levelAt;

    /** Begins empty. */
    ProvisionedThroughput(long tokensPerMinute, LongSupplier clock) {
        tokensPerNano = tokensPerMinute / NANOS_PER_MINUTE;
        this.clock = clock;
        levelAt = clock.getAsLong();
    }

    @Override
    public synchronized Verdict admit(Demand demand, long cachedTokens) {
        leak();
        double over = level - brim();
        if (over > 0) {
            return verdict(Duration.ofNanos((long) Math.ceil(over / tokensPerNano)));
        }
        level += demand.tokens() - cachedTokens;
        return verdict(Duration.ZERO);
    }

    @Override
    public synchronized void ended(long chargedTokens, long madeTokens) {
        leak();
        level = Math.max(0, level + madeTokens - chargedTokens);
    }

    private ProvisionedVerdict verdict(Duration wait) {
        return new ProvisionedVerdict(level / brim(), wait);
    }

    private double brim() {
        return tokensPerNano * DEPTH.toNanos();
    }

    private void leak() {
        long now = clock.getAsLong();
        level = Math.max(0, level - (now - levelAt) * tokensPerNano);
        levelAt = now;
    }
}
