package io.github.regionrouter.lab.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/** The summary for a terminal. */
final class TextReport {

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
        times("Latency of served calls, ms", Group::latency);
        if (report.plan().pace() instanceof Pace.Rate) {
            times("Service time (since sent), ms", Group::service);
        }
        if (!report.all().firstToken().none()) {
            times("Time to first token, ms", Group::firstToken);
        }
        groups("By region", report.regions());
        if (!report.backends().isEmpty()) {
            groups("By Backend-Service-URL", report.backends());
        }
        statuses();
        if (report.throttles().count() > 0) {
            paragraph(Headline.throttles(report.throttles()));
        }
        if (report.retries().calls() > 0) {
            paragraph(Headline.retries(report.retries()));
        }
        return Words.plain(text.toString());
    }

    private void head() {
        Group all = report.all();
        paragraph(Headline.of(report));
        if (all.counts().notStarted() > 0) {
            words(Headline.missed(report));
        }
        words(report.plan().inWords() + "; seed " + report.plan().seed());
        words(Words.number(report.seconds()) + " s, " + Words.number(report.callsPerSecond()) + " calls per second, "
                + Words.whole(report.tokensPerMinute(all.tokens().total())) + " tokens per minute ("
                + Words.whole(all.tokens().prompt()) + " prompt, "
                + Words.whole(all.tokens().completion()) + " completion)");
        Headline.silence(all.tokens()).forEach(this::words);
    }

    private void groups(String title, List<Group> groups) {
        List<Unended> unended = Unended.columns(report);
        List<String> columns = new ArrayList<>(List.of(title, "calls", "served", "429", "failed"));
        unended.forEach(column -> columns.add(column.title()));
        columns.addAll(List.of("tok/min", "p50 ms"));
        TextTable table = new TextTable(columns.toArray(String[]::new));
        for (Group group : groups) {
            List<String> cells = new ArrayList<>(List.of(group.name()));
            LongStream.of(group.calls(), group.served(), group.throttled(), group.failed())
                    .forEach(count -> cells.add(Words.whole(count)));
            unended.forEach(column -> cells.add(Words.whole(column.count(group))));
            cells.add(Words.whole(report.tokensPerMinute(group.tokens().total())));
            cells.add(Words.bareMillis(group.latency().p50()));
            table.row(cells.toArray(String[]::new));
        }
        table(table);
    }

    private void times(String title, Function<Group, Percentiles> of) {
        TextTable table = new TextTable(title, "p50", "p90", "p95", "p99", "p99.9", "max");
        report.endpoints().forEach(group -> times(table, group.name(), of.apply(group)));
        if (report.endpoints().size() > 1) {
            times(table, report.all().name(), of.apply(report.all()));
        }
        table(table);
    }

    private static void times(TextTable table, String name, Percentiles at) {
        table.row(
                name,
                Words.bareMillis(at.p50()),
                Words.bareMillis(at.p90()),
                Words.bareMillis(at.p95()),
                Words.bareMillis(at.p99()),
                Words.bareMillis(at.p999()),
                Words.bareMillis(at.max()));
    }

    private void statuses() {
        TextTable table =
                new TextTable("By status (times of all its calls, ms)", "calls", "share", "p50", "p95", "max");
        for (LoadReport.StatusGroup status : report.statuses()) {
            Group group = status.group();
            table.row(
                    group.name(),
                    Words.whole(group.calls()),
                    Words.percent(group.calls(), report.all().calls()),
                    Words.bareMillis(group.latency().p50()),
                    Words.bareMillis(group.latency().p95()),
                    Words.bareMillis(group.latency().max()));
            if (status.detail() != null) {
                table.beneath(status.detail());
            }
        }
        table(table);
    }

    private void table(TextTable table) {
        line("");
        table.lines().forEach(this::line);
    }

    private void paragraph(String words) {
        line("");
        words(words);
    }

    private void words(String words) {
        TextTable.wrapped("  ", words).forEach(this::line);
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append(System.lineSeparator());
    }
}
