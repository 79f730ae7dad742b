package io.github.regionrouter.lab.load;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables of the page. */
final class ReportTables {

    private final LoadReport report;
    private final Html html;
    private final List<Unended> unended;

    ReportTables(LoadReport report, Html html) {
        this.report = report;
        this.html = html;
        unended = Unended.columns(report);
    }

    /** What most want to know: which endpoint did how well. */
    void endpoints() {
        groups("By endpoint", "endpoint", report.endpoints(), true);
    }

    void others() {
        groups("By region", "region", report.regions(), false);
        if (!report.backends().isEmpty()) {
            groups("By backend", "Backend-Service-URL", report.backends(), false);
        }
        statuses();
        notes();
    }

    private void groups(String title, String name, List<Group> groups, boolean coloured) {
        List<String> columns = new ArrayList<>(List.of(name, "calls", "served", "429", "failed"));
        unended.forEach(column -> columns.add(column.title()));
        columns.addAll(List.of("tokens/min", "p50", "p90", "p95", "p99", "p99.9", "max", "first token p50", "p95"));
        begin(title, "of served calls; times in ms", columns);
        for (int i = 0; i < groups.size(); i++) {
            row(groups.get(i), coloured ? EndpointLook.mark(i) : null);
        }
        if (coloured && groups.size() > 1) {
            row(report.all(), null);
        }
        end();
    }

    private void row(Group group, @Nullable String mark) {
        html.raw("<tr><th scope=\"row\">");
        name(mark, group.name());
        html.raw("</th>");
        cell(Words.whole(group.calls()));
        cell(Words.whole(group.served()));
        cell(Words.whole(group.throttled()), group.throttled() > 0 ? "throttled" : "");
        cell(Words.whole(group.failed()), group.failed() > 0 ? "failed" : "");
        for (Unended column : unended) {
            cell(Words.whole(column.count(group)), column.count(group) > 0 ? "left" : "");
        }
        cell(Words.whole(report.tokensPerMinute(group.tokens().total())));
        Percentiles times = group.latency();
        for (double time :
                new double[] {times.p50(), times.p90(), times.p95(), times.p99(), times.p999(), times.max()}) {
            cell(Words.bareMillis(time));
        }
        cell(Words.bareMillis(group.firstToken().p50()));
        cell(Words.bareMillis(group.firstToken().p95()));
        html.raw("</tr>\n");
    }

    private void statuses() {
        begin("By status", "times of all its calls, in ms", List.of("status", "calls", "share", "p50", "p95", "max"));
        for (LoadReport.StatusGroup status : report.statuses()) {
            Group group = status.group();
            html.raw("<tr><th scope=\"row\">");
            name(Legend.square(tone(status.kind())), group.name());
            if (status.detail() != null && !status.detail().isEmpty()) {
                html.raw("<span class=\"detail small\">").text(status.detail()).raw("</span>");
            }
            html.raw("</th>");
            cell(Words.whole(group.calls()));
            cell(Words.percent(group.calls(), report.all().calls()));
            cell(Words.bareMillis(group.latency().p50()));
            cell(Words.bareMillis(group.latency().p95()));
            cell(Words.bareMillis(group.latency().max()));
            html.raw("</tr>\n");
        }
        end();
    }

    private void notes() {
        html.raw("<footer class=\"small\">\n");
        if (report.throttles().count() > 0) {
            note(Headline.throttles(report.throttles()));
        }
        if (report.retries().calls() > 0) {
            note(Headline.retries(report.retries()));
        }
        if (report.plan().pace() instanceof Pace.Rate) {
            Percentiles service = report.all().service();
            note(
                    "Open loop: latency and time to first token count from when a call should have set out. From when it was sent, "
                            + "calls took p50 " + Words.millis(service.p50()) + ", p95 " + Words.millis(service.p95())
                            + ", p99 "
                            + Words.millis(service.p99()) + ".");
        }
        Headline.silence(report.all().tokens()).forEach(this::note);
        html.raw("</footer>\n");
    }

    private void name(@Nullable String mark, String name) {
        html.raw("<span class=\"name\">")
                .raw(mark == null ? "" : mark)
                .raw("<span>")
                .text(name)
                .raw("</span></span>");
    }

    private void note(String words) {
        html.raw("<p>").text(words).raw("</p>\n");
    }

    private void begin(String title, String beside, List<String> columns) {
        html.raw("<section class=\"panel\"><header><h2>")
                .text(title)
                .raw("</h2><p class=\"small\">")
                .text(beside);
        html.raw("</p></header>\n<div class=\"scroll\"><table>\n<thead><tr>");
        for (String column : columns) {
            html.raw("<th scope=\"col\">").text(column).raw("</th>");
        }
        html.raw("</tr></thead>\n<tbody>\n");
    }

    private void end() {
        html.raw("</tbody>\n</table></div></section>\n");
    }

    private void cell(String words) {
        cell(words, "");
    }

    private void cell(String words, String kind) {
        html.raw(kind.isEmpty() ? "<td>" : "<td class=\"" + kind + "\">")
                .text(words)
                .raw("</td>");
    }

    private static String tone(Status.Kind kind) {
        return switch (kind) {
            case SERVED -> "served";
            case THROTTLED -> "throttled";
            case FAILED -> "failed";
            case GIVEN_UP, NOT_STARTED -> "left";
        };
    }
}
