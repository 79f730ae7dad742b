package io.github.regionrouter.lab.load;

/**
 * Some calls taken together: those of an endpoint, of a region, with a status, or all.
 *
 * @param latency from when a call should have set out; see {@link CallTimes}. Of served calls alone, for a refusal is quick:
 *     but in a row of a status, of all its calls
 * @param service from when it was sent, of the same calls
 * @param firstToken time to first token, of the same calls as far as they had one
 */
record Group(
        String name, Counts counts, Percentiles latency, Percentiles service, Percentiles firstToken, Tokens tokens) {

    /** All that were due, also those that never ended or never set out. */
    long calls() {
        return counts.all();
    }

    long served() {
        return counts.served();
    }

    long throttled() {
        return counts.throttled();
    }

    long failed() {
        return counts.failed();
    }
}
