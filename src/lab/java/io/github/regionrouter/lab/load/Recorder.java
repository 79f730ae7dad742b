package io.github.regionrouter.lab.load;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts calls as they end. Thread-safe. */
final class Recorder {

    private static final int MINUTE = 60;

    private final LoadPlan plan;
    private final long start;
    private final Series series;
    private final Tally all = new Tally();
    private final Map<String, Tally> endpoints = new LinkedHashMap<>();
    private final Map<String, Tally> regions = new TreeMap<>();
    private final Map<String, Tally> backends = new TreeMap<>();
    private final Map<Status, Tally> statuses = new LinkedHashMap<>();
    private final Map<Status, String> details = new LinkedHashMap<>();
    private final Throttles.Counter throttles = new Throttles.Counter();
    private final Retries.Counter retries = new Retries.Counter();
    private final Latencies sinceLastLine = Latencies.exact();
    private long sent;
    private long ended;
    private long endedAtLastLine;
    private long lastLine;

    /** @param start nanoseconds by the clock of the calls */
    Recorder(LoadPlan plan, long start) {
        this.plan = plan;
        this.start = start;
        lastLine = start;
        series = new Series(start);
        plan.targets().forEach(target -> endpoints.put(target.label(), new Tally()));
    }

    /** A call sets out. */
    synchronized void sent(long nanos) {
        sent++;
        series.sent(nanos);
    }

    synchronized void add(CallResult result) {
        ended++;
        series.add(result);
        all.add(result);
        tally(endpoints, result.call().target().label()).add(result);
        statuses.computeIfAbsent(result.status(), status -> new Tally()).addTimed(result);
        if (result.detail() != null) {
            details.putIfAbsent(result.status(), result.detail());
        }
        if (result.served()) {
            sinceLastLine.add(result.times().latency());
        }
        AnswerHead head = result.head();
        tally(regions, head == null || head.region() == null ? LoadReport.NO_REGION : head.region())
                .add(result);
        if (result.status().kind() == Status.Kind.THROTTLED) {
            throttles.add(head == null ? null : head.retryAfter());
        }
        if (head != null) {
            addRouted(head.story(), head.backend(), result);
        }
    }

    /** How far the run is; rate and latency are those since this was last asked. */
    synchronized Progress progress(long nanos) {
        series.until(nanos);
        double elapsed = (nanos - start) / 1e9;
        double interval = Math.max(1e-3, (nanos - lastLine) / 1e9);
        Group group = all.group("");
        Percentiles latency = sinceLastLine.percentiles();
        Progress progress = new Progress(
                elapsed,
                ended,
                plan.bounded() ? plan.items() : null,
                (ended - endedAtLastLine) / interval,
                sent - ended,
                group.served(),
                group.throttled(),
                group.failed(),
                latency.p50(),
                latency.p95(),
                series.recentTokens(MINUTE) * MINUTE / Math.max(1, Math.min(MINUTE, elapsed)));
        lastLine = nanos;
        endedAtLastLine = ended;
        sinceLastLine.clear();
        return progress;
    }

    /** @param nanos when the run was over */
    synchronized LoadReport report(Instant started, long nanos, boolean interrupted) {
        series.until(nanos);
        return new LoadReport(
                plan,
                started,
                (nanos - start) / 1e9,
                interrupted,
                sent - ended,
                all.group("all"),
                groups(endpoints),
                groups(regions),
                groups(backends),
                statuses.entrySet().stream()
                        .map(entry -> statusGroup(entry.getKey(), entry.getValue()))
                        .sorted(Comparator.comparingLong((LoadReport.StatusGroup row) ->
                                        row.group().calls())
                                .reversed())
                        .toList(),
                throttles.counted(),
                retries.counted(),
                series.rows(1),
                series.columns(LoadReport.MOST_COLUMNS),
                series.columns(LoadReport.MOST_TRENDS));
    }

    private void addRouted(@Nullable RouterStory story, @Nullable String backend, CallResult result) {
        if (story != null) {
            retries.add(story);
        }
        if (backend != null) {
            tally(backends, backend).add(result);
        }
    }

    private LoadReport.StatusGroup statusGroup(Status status, Tally tally) {
        return new LoadReport.StatusGroup(tally.group(status.word()), status.kind(), details.get(status));
    }

    private static Tally tally(Map<String, Tally> tallies, String name) {
        return tallies.computeIfAbsent(name, unknown -> new Tally());
    }

    private static List<Group> groups(Map<String, Tally> tallies) {
        return tallies.entrySet().stream()
                .map(entry -> entry.getValue().group(entry.getKey()))
                .toList();
    }
}
