package io.github.regionrouter.lab.load;

/** Counts the calls of one group. Not thread-safe. */
final class Tally {

    private final Latencies latency = Latencies.exact();
    private final Latencies service = Latencies.exact();
    private final Latencies firstToken = Latencies.exact();
    private long served;
    private long throttled;
    private long failed;
    private Tokens tokens = Tokens.NONE;

    void add(CallResult result) {
        count(result);
        if (result.served()) {
            time(result.times());
        }
    }

    /** Takes the call's time too if it was not served. */
    void addTimed(CallResult result) {
        count(result);
        time(result.times());
    }

    Group group(String name) {
        return new Group(
                name,
                served + throttled + failed,
                served,
                throttled,
                failed,
                latency.percentiles(),
                service.percentiles(),
                firstToken.percentiles(),
                tokens);
    }

    private void count(CallResult result) {
        switch (result.status().kind()) {
            case SERVED -> served++;
            case THROTTLED -> throttled++;
            case FAILED -> failed++;
        }
        tokens = tokens.plus(result.tokens());
    }

    private void time(CallTimes times) {
        latency.add(times.latency());
        service.add(times.service());
        Long token = times.timeToFirstToken();
        if (token != null) {
            firstToken.add(token);
        }
    }
}
