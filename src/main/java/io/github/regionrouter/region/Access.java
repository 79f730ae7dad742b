package io.github.regionrouter.region;

import java.time.Duration;

/** Whether a deployment may be called at a moment, as a value. */
public sealed interface Access {

    /** Anybody may call. */
    record Free() implements Access {}

    /** A cooldown or an open breaker is over: one call may go first and find out (R4). */
    record FirstCall() implements Access {}

    /**
     * The first call is out; the others follow when it comes back served.
     *
     * @param left the longest time until this must be looked at afresh
     */
    record FirstCallOut(Cause cause, Duration left) implements Access {}

    /** Nobody may call before {@code left} is over. */
    record Shut(Cause cause, Duration left) implements Access {}

    /** Why a deployment is left alone. */
    enum Cause {
        /** It answered 429. */
        COOLING,
        /** It failed too often in a row: the breaker is open. */
        BREAKER,
        /** It refused the router's own credentials (R7). */
        REFUSAL,
        /** It does not have the deployment (R8). */
        ABSENCE
    }
}
