package io.github.regionrouter.lab.storm;

/** What a policy does with a call next. */
sealed interface Move {

    /** @param region its number in the workload */
    record Send(int region) implements Move {}

    /** @param nanos how long */
    record Wait(long nanos) implements Move {}

    /** The answer of the last attempt goes to the caller. */
    record Relay() implements Move {}

    /**
     * The caller is refused.
     *
     * @param retryAfter what he is told, in nanoseconds; {@link #NOT_TOLD} if nothing
     */
    record Refuse(int status, long retryAfter) implements Move {}

    long NOT_TOLD = -1;
}
