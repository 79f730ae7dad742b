package io.github.regionrouter.lab.load;

import io.github.regionrouter.lab.chart.Chart;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Draws the charts of a report, each at the width of its place. */
final class ReportCharts {

    private static final int LOW = 170;
    private static final int HIGH = 220;

    private final LoadReport report;

    ReportCharts(LoadReport report) {
        this.report = report;
    }

    /** Calls that ended, per second, by what they came to. */
    String calls(int width) {
        Series.Columns columns = report.columns();
        int[] served = counts(columns, Series.Row::served);
        int[] throttled = counts(columns, Series.Row::throttled);
        int[] failed = counts(columns, Series.Row::failed);
        Plot plot = new Plot(
                width,
                LOW,
                "Calls that ended, by status, over time",
                columns.rows().size(),
                Chart.most(served, throttled, failed),
                value -> Words.number((double) value / columns.width()));
        plot.chart().stack(new String[] {"served", "throttled", "failed"}, served, throttled, failed);
        plot.clock(seconds(columns));
        hints(
                plot,
                columns,
                row -> Words.whole(row.served()) + " served, " + Words.whole(row.throttled()) + " × 429, "
                        + Words.whole(row.failed()) + " failed");
        return plot.finished();
    }

    /** p50, p95 and p99 over time. */
    String overTime(int width, String description, Function<Series.Row, Percentiles> of) {
        Series.Columns columns = report.trend();
        double greatest = columns.rows().stream()
                .map(of)
                .filter(times -> !times.none())
                .mapToDouble(Percentiles::p99)
                .max()
                .orElse(1);
        Plot plot = new Plot(width, HIGH, description, columns.rows().size(), greatest, ReportCharts::millis);
        line(plot, columns.rows(), "line p99", of, Percentiles::p99);
        line(plot, columns.rows(), "line p95", of, Percentiles::p95);
        line(plot, columns.rows(), "line p50", of, Percentiles::p50);
        plot.clock(seconds(columns));
        hints(plot, columns, row -> {
            Percentiles times = of.apply(row);
            return times.none()
                    ? "none"
                    : "p50 " + Words.millis(times.p50()) + ", p95 " + Words.millis(times.p95()) + ", p99 "
                            + Words.millis(times.p99());
        });
        return plot.finished();
    }

    /**
     * The whole distribution of each endpoint, a line each: how long the given share of its calls took at most. The axis grows
     * by nines, as is usual for latencies, and ends where a single call would decide.
     */
    String byPercentile(int width, String description, Function<Group, Percentiles> of) {
        List<Percentiles> all = report.endpoints().stream().map(of).toList();
        double greatest = all.stream()
                .filter(times -> !times.none())
                .mapToDouble(Percentiles::max)
                .max()
                .orElse(1);
        long most = all.stream().mapToLong(Percentiles::count).max().orElse(1);
        double nines = Math.max(1.3, Math.log10(Math.max(1, most)));
        Plot plot = new Plot(width, HIGH, description, 1, greatest, ReportCharts::millis);
        String[] words = {"50 %", "90 %", "99 %", "99.9 %", "99.99 %", "99.999 %"};
        plot.below(Math.log10(2) / nines, words[0]);
        for (int nine = 1; nine <= nines && nine < words.length; nine++) {
            double along = nine / nines;
            double x = plot.left() + along * plot.span();
            plot.svg().line("grid", x, plot.chart().y(), x, plot.chart().heightOf(0));
            plot.below(along, words[nine]);
        }
        for (int endpoint = all.size() - 1; endpoint >= 0; endpoint--) {
            curve(plot, EndpointLook.classes(endpoint), all.get(endpoint), nines);
        }
        return plot.finished();
    }

    private static void curve(Plot plot, String look, Percentiles times, double nines) {
        List<Double> points = new ArrayList<>();
        for (Percentiles.Point point : times.curve()) {
            double along = point.percentile() >= 100 ? nines : -Math.log10(1 - point.percentile() / 100);
            if (along <= nines) {
                points.add(plot.left() + plot.span() * along / nines);
                points.add(plot.chart().heightOf(point.millis()));
            }
        }
        plot.svg().path("line " + look, array(points));
    }

    /** A gap where nothing was measured; a dot where there is nothing on either side. */
    private static void line(
            Plot plot,
            List<Series.Row> columns,
            String kind,
            Function<Series.Row, Percentiles> of,
            ToDoubleFunction<Percentiles> value) {
        List<Double> points = new ArrayList<>();
        for (int i = 0; i <= columns.size(); i++) {
            if (i < columns.size() && !of.apply(columns.get(i)).none()) {
                points.add(plot.chart().middleOf(i));
                points.add(plot.chart().heightOf(value.applyAsDouble(of.apply(columns.get(i)))));
            } else if (points.size() == 2) {
                plot.svg().dot(kind.replace("line", "dot"), points.get(0), points.get(1));
                points.clear();
            } else if (!points.isEmpty()) {
                plot.svg().path(kind, array(points));
                points.clear();
            }
        }
    }

    private static void hints(Plot plot, Series.Columns columns, Function<Series.Row, String> words) {
        List<Series.Row> rows = columns.rows();
        double step = plot.span() / rows.size();
        for (int i = 0; i < rows.size(); i++) {
            Series.Row row = rows.get(i);
            String text = Plot.clockWords(row.second()) + " s: " + words.apply(row);
            plot.svg()
                    .hint(
                            plot.left() + i * step,
                            plot.chart().y(),
                            step,
                            plot.chart().height(),
                            text);
        }
    }

    private static int seconds(Series.Columns columns) {
        return columns.rows().size() * columns.width();
    }

    private static int[] counts(Series.Columns columns, ToLongFunction<Series.Row> of) {
        return columns.rows().stream()
                .mapToInt(row -> (int) of.applyAsLong(row))
                .toArray();
    }

    private static double[] array(List<Double> points) {
        return points.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static String millis(int value) {
        return value >= 1_000 ? Words.number(value / 1_000.0) + " s" : value + " ms";
    }
}
