package io.github.regionrouter.lab.tracing;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the workbook's queries make of the router's lines, second by second. The same rules: an attempt failed if it has no
 * status or a 5xx, a request was refused if it ended in 429 or 5xx, and added latency is that of retried calls which succeeded.
 */
final class RunSeries {

    private final int seconds;
    private final Map<String, Attempts> regions = new TreeMap<>();
    private final int[] requests;
    private final int[] retried;
    private final int[] refused;
    private final List<List<Long>> added = new ArrayList<>();

    private RunSeries(int seconds) {
        this.seconds = seconds;
        requests = new int[seconds];
        retried = new int[seconds];
        refused = new int[seconds];
        for (int i = 0; i < seconds; i++) {
            added.add(new ArrayList<>());
        }
    }

    /**
     * Reads attempts and requests; other lines are passed over.
     *
     * @param seconds of the run; what was written later counts for the last one
     */
    static RunSeries of(List<Line> lines, int seconds) {
        RunSeries series = new RunSeries(seconds);
        lines.forEach(series::add);
        return series;
    }

    int seconds() {
        return seconds;
    }

    /** By region, in the order of their names. */
    Map<String, Attempts> regions() {
        return Collections.unmodifiableMap(regions);
    }

    int[] requests() {
        return requests.clone();
    }

    int[] retried() {
        return retried.clone();
    }

    int[] refused() {
        return refused.clone();
    }

    /** Milliseconds that the retried calls of a second waited, by nearest rank; null if there were none. */
    @Nullable
    Long added(int second, int percent) {
        return percentile(added.get(second), percent);
    }

    /** The same of the whole run. */
    @Nullable
    Long added(int percent) {
        return percentile(added.stream().flatMap(List::stream).toList(), percent);
    }

    private void add(Line line) {
        int second = (int) Math.min(seconds - 1, line.atMillis() / 1_000);
        Map<String, Object> fields = line.fields();
        if ("attempt".equals(fields.get("event"))) {
            regions.computeIfAbsent((String) fields.get("region"), name -> new Attempts(seconds))
                    .add(second, (int) number(fields, "status"), number(fields, "retryAfterMs"));
        } else if ("request".equals(fields.get("event"))) {
            addRequest(second, fields);
        }
    }

    private void addRequest(int second, Map<String, Object> fields) {
        boolean again = number(fields, "attempts") > 1;
        long status = number(fields, "status");
        requests[second]++;
        retried[second] += again ? 1 : 0;
        refused[second] += status == 429 || status >= 500 ? 1 : 0;
        if (again && status < 400) {
            added.get(second).add(number(fields, "addedLatencyMs"));
        }
    }

    private static long number(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static @Nullable Long percentile(List<Long> values, int percent) {
        int rank = (int) Math.ceil(values.size() * percent / 100.0);
        return values.isEmpty() ? null : values.stream().sorted().toList().get(Math.max(1, rank) - 1);
    }

    /** A line of the router, and when it was written, from the beginning of the run. */
    record Line(long atMillis, String json) {
        private Map<String, Object> fields() {
            try (JsonReader reader = JsonProviders.createReader(json)) {
                return reader.readMap(JsonReader::readUntyped);
            } catch (IOException broken) {
                throw new UncheckedIOException(json, broken);
            }
        }
    }

    /** The attempts at one region. */
    static final class Attempts {
        private final int[] served;
        private final int[] throttled;
        private final int[] failed;
        private long longestWaitMillis;

        private Attempts(int seconds) {
            served = new int[seconds];
            throttled = new int[seconds];
            failed = new int[seconds];
        }

        private void add(int second, int status, long waitMillis) {
            int[] kind = status == 429 ? throttled : status == 0 || status >= 500 ? failed : served;
            kind[second]++;
            longestWaitMillis = Math.max(longestWaitMillis, waitMillis);
        }

        int[] served() {
            return served.clone();
        }

        int[] throttled() {
            return throttled.clone();
        }

        int[] failed() {
            return failed.clone();
        }

        int count() {
            return IntStream.of(served).sum()
                    + IntStream.of(throttled).sum()
                    + IntStream.of(failed).sum();
        }

        double percent(int[] part) {
            return 100.0 * IntStream.of(part).sum() / count();
        }

        /** The longest wait that a 429 asked for; 0 if none did. */
        long longestWaitMillis() {
            return longestWaitMillis;
        }
    }
}
