package io.github.regionrouter.attempt;

import io.github.regionrouter.region.Access;
import io.github.regionrouter.region.Access.Cause;
import io.github.regionrouter.region.Access.FirstCallOut;
import io.github.regionrouter.region.Access.Shut;
import java.time.Duration;

/**
 * When the first of several regions may be called again (R5).
 *
 * @param pause until then; zero if one is free now
 * @param free whether one may be called now
 * @param cooling whether one of them is left alone because it answered 429
 * @param firstCallOut whether the first call after a pause is out to one of them, so that news may come any moment (R4)
 */
record Soonest(Duration pause, boolean free, boolean cooling, boolean firstCallOut) {

    /** Of no region at all. The pause is what R5 tells a caller at the most. */
    static final Soonest NEVER = new Soonest(Duration.ofSeconds(60), false, false, false);

    Soonest or(Access access) {
        if (access instanceof Shut shut) {
            return with(shut.left(), shut.cause() == Cause.COOLING, false);
        }
        if (access instanceof FirstCallOut out) {
            return with(shorter(out.left(), CallPlan.LOOK_AGAIN), out.cause() == Cause.COOLING, true);
        }
        return new Soonest(Duration.ZERO, true, cooling, firstCallOut);
    }

    private Soonest with(Duration left, boolean cools, boolean out) {
        return new Soonest(shorter(pause, left), free, cooling || cools, firstCallOut || out);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
