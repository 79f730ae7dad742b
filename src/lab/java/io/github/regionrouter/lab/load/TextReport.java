package io.github.regionrouter.lab.load;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The summary for a terminal. */
final class TextReport {

    private static final String NAMED = "  %-44s";
    private static final String TIMES = " %9s %9s %9s %9s %9s %9s";

    private final LoadReport report;
    private final StringBuilder text = new StringBuilder();

    private TextReport(LoadReport report) {
        this.report = report;
    }

    /** Lines, each with its end. */
    static String of(LoadReport report) {
        return new TextReport(report).write();
    }

    private String write() {
        head();
        groups("By endpoint", report.endpoints());
        times("Latency of served calls", Group::latency);
        if (report.plan().pace() instanceof Pace.Rate) {
            times("Service time (from when a call was sent)", Group::service);
        }
        if (!report.all().firstToken().none()) {
            times("Time to first token", Group::firstToken);
        }
        groups("By region", report.regions());
        if (!report.backends().isEmpty()) {
            groups("By backend (Backend-Service-URL)", report.backends());
        }
        statuses();
        throttles();
        retries();
        return Words.plain(text.toString());
    }

    private void head() {
        Group all = report.all();
        line("");
        line("  %s", Headline.of(report));
        line("  %s; seed %d", report.plan().inWords(), report.plan().seed());
        line(
                "  %s s, %s calls per second, %s tokens per minute (%s prompt, %s completion)",
                Words.number(report.seconds()),
                Words.number(report.callsPerSecond()),
                Words.whole(report.tokensPerMinute(all.tokens().total())),
                Words.whole(all.tokens().prompt()),
                Words.whole(all.tokens().completion()));
        if (all.tokens().counted() > 0) {
            line(
                    "  %s said nothing of tokens; events with content were counted in place of it.",
                    Words.count(all.tokens().counted(), "answer"));
        }
    }

    private void groups(String title, List<Group> groups) {
        line("");
        line(NAMED + " %9s %9s %9s %9s %9s %9s", title, "calls", "served", "429", "failed", "tok/min", "p50");
        for (Group group : groups) {
            line(
                    NAMED + " %9d %9d %9d %9d %9s %9s",
                    group.name(),
                    group.calls(),
                    group.served(),
                    group.throttled(),
                    group.failed(),
                    Words.whole(report.tokensPerMinute(group.tokens().total())),
                    Words.millis(group.latency().p50()));
        }
    }

    private void times(String title, Function<Group, Percentiles> of) {
        line("");
        line(NAMED + TIMES, title, "p50", "p90", "p95", "p99", "p99.9", "max");
        report.endpoints().forEach(group -> times(group, of));
        if (report.endpoints().size() > 1) {
            times(report.all(), of);
        }
    }

    private void times(Group group, Function<Group, Percentiles> of) {
        Percentiles at = of.apply(group);
        line(
                NAMED + TIMES,
                group.name(),
                Words.millis(at.p50()),
                Words.millis(at.p90()),
                Words.millis(at.p95()),
                Words.millis(at.p99()),
                Words.millis(at.p999()),
                Words.millis(at.max()));
    }

    private void statuses() {
        line("");
        line(
                NAMED + " %9s %9s %9s %9s %9s",
                "By status (times of all its calls)",
                "calls",
                "share",
                "p50",
                "p95",
                "max");
        for (LoadReport.StatusGroup status : report.statuses()) {
            Group group = status.group();
            line(
                    NAMED + " %9d %9s %9s %9s %9s",
                    group.name(),
                    group.calls(),
                    Words.percent(group.calls(), report.all().calls()),
                    Words.millis(group.latency().p50()),
                    Words.millis(group.latency().p95()),
                    Words.millis(group.latency().max()));
            if (status.detail() != null && !status.detail().isEmpty()) {
                line("      %s", status.detail());
            }
        }
    }

    private void throttles() {
        if (report.throttles().count() > 0) {
            line("");
            line("  %s", Headline.throttles(report.throttles()));
        }
    }

    private void retries() {
        if (report.retries().calls() > 0) {
            line("");
            line("  %s", Headline.retries(report.retries()));
        }
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append(System.lineSeparator());
    }
}
