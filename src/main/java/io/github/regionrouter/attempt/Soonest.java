package io.github.regionrouter.attempt;

import io.github.regionrouter.region.Access;
import io.github.regionrouter.region.Access.Cause;
import io.github.regionrouter.region.Access.FirstCallOut;
import io.github.regionrouter.region.Access.Shut;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * When the first of several regions may be called again (R5).
 *
 * @param pause until it is worth looking again; zero if one is free now
 * @param told what a caller is told who is refused now: the end of a pause, or of the patience with a first call (R4)
 * @param free whether one may be called now
 * @param firstCallOut whether the first call after a pause is out to one of them, so that news may come any moment (R4)
 * @param causes why they are left alone
 */
record Soonest(Duration pause, Duration told, boolean free, boolean firstCallOut, Set<Cause> causes) {

    /** Of no region at all. The pause is what R5 tells a caller at the most. */
    static final Soonest NEVER =
            new Soonest(Duration.ofSeconds(60), Duration.ofSeconds(60), false, false, EnumSet.noneOf(Cause.class));

    Soonest or(Access access) {
        if (access instanceof Shut shut) {
            return with(shut.left(), shut.left(), shut.cause(), false);
        }
        if (access instanceof FirstCallOut out) {
            return with(shorter(out.left(), CallPlan.LOOK_AGAIN), out.left(), out.cause(), true);
        }
        return new Soonest(Duration.ZERO, Duration.ZERO, true, firstCallOut, causes);
    }

    private Soonest with(Duration look, Duration left, Cause cause, boolean out) {
        Set<Cause> all = EnumSet.of(cause);
        all.addAll(causes);
        return new Soonest(shorter(pause, look), shorter(told, left), free, firstCallOut || out, all);
    }

    /** Whether one of them is left alone because it answered 429. */
    boolean cooling() {
        return causes.contains(Cause.COOLING);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
