package io.github.regionrouter.lab.load;

import java.util.ArrayList;
import java.util.List;

/** A run second by second. A call counts in the second in which it ended. Not thread-safe. */
final class Series {

    private static final long SECOND = 1_000_000_000L;

    private final long start;
    private final List<Bucket> seconds = new ArrayList<>();

    /** @param start nanoseconds by the clock of the calls */
    Series(long start) {
        this.start = start;
    }

    /** A call set out. */
    void sent(long nanos) {
        bucket(nanos).sent++;
    }

    void add(CallResult result) {
        bucket(result.times().end()).add(result);
    }

    /** Prompt and completion tokens of the calls that ended in the last seconds, the one that has just begun among them. */
    long recentTokens(int lastSeconds) {
        return seconds.subList(Math.max(0, seconds.size() - lastSeconds), seconds.size()).stream()
                .mapToLong(bucket -> bucket.tokens.total())
                .sum();
    }

    /** Makes seconds without calls, so that there is one for each. */
    void until(long nanos) {
        bucket(nanos);
    }

    /** As many seconds in a row as are needed for no more rows than this. */
    Columns columns(int most) {
        int width = Math.max(1, (seconds.size() + most - 1) / most);
        return new Columns(rows(width), width);
    }

    /** @param width seconds in a row */
    List<Row> rows(int width) {
        List<Row> rows = new ArrayList<>();
        for (int at = 0; at < seconds.size(); at += width) {
            Bucket sum = new Bucket();
            seconds.subList(at, Math.min(at + width, seconds.size())).forEach(sum::addAll);
            rows.add(sum.row(at));
        }
        return List.copyOf(rows);
    }

    private Bucket bucket(long nanos) {
        int second = (int) Math.max(0, (nanos - start) / SECOND);
        while (seconds.size() <= second) {
            seconds.add(new Bucket());
        }
        return seconds.get(second);
    }

    /** @param width seconds in each row */
    record Columns(List<Row> rows, int width) {}

    /**
     * One or more seconds.
     *
     * @param second the first one, from 0
     * @param latency of served calls
     * @param firstToken of served calls
     */
    record Row(int second, long sent, Counts counts, Tokens tokens, Percentiles latency, Percentiles firstToken) {

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

    private static final class Bucket {
        private final Latencies latency = Latencies.small();
        private final Latencies firstToken = Latencies.small();
        private long sent;
        private Counts counts = Counts.NONE;
        private Tokens tokens = Tokens.NONE;

        private void add(CallResult result) {
            counts = counts.plus(result.status().kind());
            tokens = tokens.plus(result.tokens());
            Long token = result.times().timeToFirstToken();
            if (result.served()) {
                latency.add(result.times().latency());
            }
            if (result.served() && token != null) {
                firstToken.add(token);
            }
        }

        private void addAll(Bucket other) {
            sent += other.sent;
            counts = counts.plus(other.counts);
            tokens = tokens.plus(other.tokens);
            latency.addAll(other.latency);
            firstToken.addAll(other.firstToken);
        }

        private Row row(int second) {
            return new Row(second, sent, counts, tokens, latency.percentiles(), firstToken.percentiles());
        }
    }
}
