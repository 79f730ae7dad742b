package io.github.regionrouter.lab.load;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
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
    private final Map<Long, UnderWay> underWay = new HashMap<>();
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

    /**
     * A call sets out.
     *
     * @param due when it should have; null if that is when it does
     */
    synchronized void sent(Call call, @Nullable Long due, long nanos) {
        underWay.put(call.index(), new UnderWay(call, due == null ? nanos : due, nanos));
        series.sent(nanos);
    }

    /** A call has ended. */
    synchronized void add(CallResult result) {
        underWay.remove(result.call().index());
        ended++;
        series.add(result);
        count(result);
        if (result.served()) {
            sinceLastLine.add(result.times().latency());
        }
        AnswerHead head = result.head();
        if (result.status().kind() == Status.Kind.THROTTLED) {
            throttles.add(head == null ? null : head.retryAfter());
        }
        if (head != null) {
            addRouted(head.story(), head.backend(), result);
        }
    }

    /** A call was due and never set out. */
    synchronized void missed(Call call, long due, long until) {
        count(unended(call, new CallTimes(due, until, null, until), Status.NOT_STARTED, Headline.waited(plan)));
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
                underWay.size(),
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

    /**
     * What is still under way counts as given up. To be asked once.
     *
     * @param nanos when the run was over
     */
    synchronized LoadReport report(Instant started, long nanos, boolean interrupted) {
        series.until(nanos);
        underWay.values().forEach(left -> giveUp(left, nanos));
        return new LoadReport(
                plan,
                started,
                (nanos - start) / 1e9,
                interrupted,
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

    private void giveUp(UnderWay left, long nanos) {
        CallTimes times = new CallTimes(left.intended, left.sent, null, nanos);
        count(unended(left.call, times, Status.GIVEN_UP, "under way when the run was stopped, for so long by then"));
    }

    private static CallResult unended(Call call, CallTimes times, Status status, String detail) {
        return new CallResult(call, times, status, null, Tokens.NONE, detail);
    }

    private void count(CallResult result) {
        all.add(result);
        tally(endpoints, result.call().target().label()).add(result);
        statuses.computeIfAbsent(result.status(), status -> new Tally()).addTimed(result);
        if (result.detail() != null) {
            details.putIfAbsent(result.status(), result.detail());
        }
        AnswerHead head = result.head();
        tally(regions, head == null || head.region() == null ? LoadReport.NO_REGION : head.region())
                .add(result);
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

    private record UnderWay(Call call, long intended, long sent) {}
}
