package io.github.regionrouter.lab.load;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * When the calls of an open loop should set out, in nanoseconds from its start. Not thread-safe.
 *
 * <p>A ramp makes the rate grow linearly from nothing, so the calls expected until {@code t} are {@code N(t) = λt²/2R} within
 * the ramp {@code R} and {@code λ(t − R/2)} behind it; the nth call sets out where {@code N(t) = n}. Poisson arrivals (no two
 * users agree on a time) take a sum of exponential gaps in place of {@code n}: the same curve, other points.
 */
final class ArrivalSchedule {

    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double rampSeconds;
    private final boolean poisson;
    private final SplittableRandom random;
    private double expected;

    ArrivalSchedule(Pace.Rate rate, long seed) {
        perSecond = rate.perSecond();
        rampSeconds = seconds(rate.ramp());
        poisson = rate.poisson();
        random = new SplittableRandom(seed);
    }

    /** The time of the next call, never before the one before it. */
    long next() {
        if (poisson) {
            expected += random.nextExponential();
            return Math.round(at(expected) * NANOS);
        }
        return Math.round(at(expected++) * NANOS);
    }

    /** Seconds until so many calls are expected. */
    private double at(double calls) {
        double inRamp = perSecond * rampSeconds / 2;
        return calls < inRamp
                ? Math.sqrt(2 * rampSeconds * calls / perSecond)
                : rampSeconds + (calls - inRamp) / perSecond;
    }

    private static double seconds(Duration time) {
        return time.toNanos() / NANOS;
    }
}
