package io.github.regionrouter.lab.load;

/**
 * How many calls came to what.
 *
 * @param givenUp under way when somebody stopped the run
 * @param notStarted due, but still waiting for room when no call might set out any more; see {@link Loop}
 */
record Counts(long served, long throttled, long failed, long givenUp, long notStarted) {

    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    Counts plus(Status.Kind kind) {
        return switch (kind) {
            case SERVED -> new Counts(served + 1, throttled, failed, givenUp, notStarted);
            case THROTTLED -> new Counts(served, throttled + 1, failed, givenUp, notStarted);
            case FAILED -> new Counts(served, throttled, failed + 1, givenUp, notStarted);
            case GIVEN_UP -> new Counts(served, throttled, failed, givenUp + 1, notStarted);
            case NOT_STARTED -> new Counts(served, throttled, failed, givenUp, notStarted + 1);
        };
    }

    Counts plus(Counts more) {
        return new Counts(
                served + more.served,
                throttled + more.throttled,
                failed + more.failed,
                givenUp + more.givenUp,
                notStarted + more.notStarted);
    }

    /** Calls with an end of their own. */
    long ended() {
        return served + throttled + failed;
    }

    /** All that were due. */
    long all() {
        return ended() + givenUp + notStarted;
    }
}
