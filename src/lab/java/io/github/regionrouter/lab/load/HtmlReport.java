package io.github.regionrouter.lab.load;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The report as one page: no scripts, nothing loaded. */
final class HtmlReport {

    private static final int WIDE = 1_030;
    private static final int HALF = 486;
    private static final int NARROW = 340;
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH);

    private final LoadReport report;
    private final ReportCharts charts;
    private final Html html = new Html();
    private final boolean tokensTimed;

    private HtmlReport(LoadReport report) {
        this.report = report;
        charts = new ReportCharts(report);
        tokensTimed = !report.all().firstToken().none();
    }

    static String of(LoadReport report) {
        return new HtmlReport(report).write();
    }

    private String write() {
        html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
        html.raw("<title>").text("Load test: " + Headline.of(report)).raw("</title>\n");
        html.raw("<style>\n").raw(ReportStyle.CSS).raw("</style>\n</head>\n<body>\n<div class=\"wrap\">\n");
        head();
        tiles();
        ReportTables tables = new ReportTables(report, html);
        tables.endpoints();
        charts();
        tables.others();
        html.raw("</div>\n</body>\n</html>\n");
        return html.toString();
    }

    private void head() {
        Group all = report.all();
        html.raw("<header>\n<p class=\"brand\">Region Router for Azure OpenAI</p>\n");
        html.raw("<p class=\"small\">")
                .text("Load test of " + WHEN.format(report.started().atZone(ZoneOffset.UTC)))
                .raw("</p>\n");
        html.raw("<div class=\"headline\" data-tone=\"" + tone(all)
                        + "\"><span class=\"dot\" aria-hidden=\"true\"></span><h1>")
                .text(Words.whole(all.served()) + " of " + Words.count(all.calls(), "call") + " served")
                .raw("<span class=\"rest\">")
                .text(Headline.rest(report))
                .raw("</span></h1></div>\n");
        if (all.counts().notStarted() > 0) {
            html.raw("<p class=\"warn\">").text(Headline.missed(report)).raw("</p>\n");
        }
        html.raw("<p class=\"small\">")
                .text(report.plan().inWords() + " · " + Words.number(report.seconds()) + " s · seed "
                        + report.plan().seed())
                .raw("</p>\n</header>\n");
    }

    private static String tone(Group all) {
        if (all.served() == 0 || all.failed() > 0) {
            return "bad";
        }
        return all.served() < all.calls() ? "wait" : "good";
    }

    private void tiles() {
        Group all = report.all();
        html.raw("<section class=\"panel tiles\">\n");
        tile(
                "Calls per second",
                Words.number(report.callsPerSecond()),
                Words.count(all.counts().ended(), "call"));
        tile(
                "Latency, median",
                Words.millis(all.latency().p50()),
                "mean " + Words.millis(all.latency().mean()));
        tile(
                "Latency, p95",
                Words.millis(all.latency().p95()),
                "p99 " + Words.millis(all.latency().p99()));
        if (tokensTimed) {
            tile(
                    "First token, median",
                    Words.millis(all.firstToken().p50()),
                    "p95 " + Words.millis(all.firstToken().p95()));
        }
        tile(
                "Tokens per minute",
                Words.whole(report.tokensPerMinute(all.tokens().total())),
                Words.whole(report.tokensPerMinute(all.tokens().completion())) + " of them completion");
        tile("429", Words.whole(all.throttled()), Words.percent(all.throttled(), all.calls()) + " of all calls");
        html.raw("</section>\n");
    }

    private void tile(String name, String value, String beside) {
        html.raw("<div><p class=\"small\">")
                .text(name)
                .raw("</p><p class=\"value\">")
                .text(value);
        html.raw("</p><p class=\"small\">").text(beside).raw("</p></div>\n");
    }

    private void charts() {
        figure(
                "Calls per second",
                List.of(
                        Legend.ofKind("served", "served"),
                        Legend.ofKind("throttled", "429"),
                        Legend.ofKind("failed", "failed")),
                WIDE,
                charts::calls);
        String origin = report.plan().pace() instanceof Pace.Rate ? "from when a call should have set out" : "";
        html.raw("<div class=\"pair\">\n");
        times("Latency", origin, Series.Row::latency, Group::latency);
        html.raw("</div>\n");
        if (tokensTimed) {
            html.raw("<div class=\"pair\">\n");
            times("Time to first token", origin, Series.Row::firstToken, Group::firstToken);
            html.raw("</div>\n");
        }
    }

    private void times(
            String name, String origin, Function<Series.Row, Percentiles> row, Function<Group, Percentiles> group) {
        String title = name + " over time" + (origin.isEmpty() ? "" : ", " + origin);
        figure(
                name + " over time",
                List.of(Legend.ofKind("p50", "p50"), Legend.ofKind("p95", "p95"), Legend.ofKind("p99", "p99")),
                HALF,
                width -> charts.overTime(width, title, row));
        List<Legend> legend = new ArrayList<>();
        for (int i = 0; i < report.endpoints().size(); i++) {
            legend.add(
                    new Legend(EndpointLook.mark(i), report.endpoints().get(i).name()));
        }
        figure(
                name + " by percentile",
                legend,
                HALF,
                width -> charts.byPercentile(width, name + " by percentile, a line for each endpoint", group));
    }

    /** Drawn twice, for wide and for narrow screens, since text in a picture shrinks with it. */
    private void figure(String title, List<Legend> legend, int width, IntFunction<String> draw) {
        html.raw("<section class=\"panel\"><header><h2>").text(title).raw("</h2>\n<div class=\"legend small\">");
        for (Legend entry : legend) {
            html.raw("<span>").raw(entry.mark()).text(entry.words()).raw("</span>");
        }
        html.raw("</div></header>\n<figure class=\"wide\">").raw(draw.apply(width));
        html.raw("</figure>\n<figure class=\"narrow\">").raw(draw.apply(NARROW)).raw("</figure></section>\n");
    }
}
