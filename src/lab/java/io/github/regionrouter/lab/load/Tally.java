package io.github.regionrouter.lab.load;

/** Counts the calls of one group. Not thread-safe. */
final class Tally {

    private final Latencies latency = Latencies.exact();
    private final Latencies service = Latencies.exact();
    private final Latencies firstToken = Latencies.exact();
    private Counts counts = Counts.NONE;
    private Tokens tokens = Tokens.NONE;

    void add(CallResult result) {
        count(result);
        if (result.served()) {
            time(result);
        }
    }

    /** Takes the call's time too if it was not served. */
    void addTimed(CallResult result) {
        count(result);
        time(result);
    }

    Group group(String name) {
        return new Group(name, counts, latency.percentiles(), service.percentiles(), firstToken.percentiles(), tokens);
    }

    private void count(CallResult result) {
        counts = counts.plus(result.status().kind());
        tokens = tokens.plus(result.tokens());
    }

    private void time(CallResult result) {
        CallTimes times = result.times();
        latency.add(times.latency());
        if (result.status().kind() != Status.Kind.NOT_STARTED) {
            service.add(times.service());
        }
        Long token = times.timeToFirstToken();
        if (token != null) {
            firstToken.add(token);
        }
    }
}
