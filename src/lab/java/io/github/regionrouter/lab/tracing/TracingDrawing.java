package io.github.regionrouter.lab.tracing;

import io.github.regionrouter.lab.chart.Chart;
import io.github.regionrouter.lab.chart.Svg;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Four items of the workbook, drawn from one run; two of them are tables there, and its charts count by five minutes. */
final class TracingDrawing {

    private static final int WIDTH = 1_000;
    private static final int LEFT = 20;
    private static final int PAD = 20;
    private static final int MIDDLE = 240;
    private static final int TRACK = 340;
    private static final int ROW = 74;
    private static final int TABLE_ROW = 32;

    private final RunSeries run;
    private final String story;
    private final UnaryOperator<String> titles;
    private final int seconds;
    private final int rows;
    private final int attemptsHeight;
    private final int height;
    private final Svg svg;

    private TracingDrawing(RunSeries run, String story, UnaryOperator<String> titles) {
        this.run = run;
        this.story = story;
        this.titles = titles;
        seconds = run.seconds();
        rows = run.regions().size();
        attemptsHeight = 74 + rows * ROW;
        height = 68 + attemptsHeight + 16 + 236 + 16 + 74 + rows * TABLE_ROW + LEFT;
        svg = new Svg(WIDTH, height, about());
    }

    /**
     * Draws.
     *
     * @param story what was done to the regions
     * @param titles the workbook's title for the name of one of its items
     */
    static String of(RunSeries run, String story, UnaryOperator<String> titles) {
        return new TracingDrawing(run, story, titles).draw();
    }

    private String draw() {
        svg.text("name", LEFT, 30, about());
        svg.text("", LEFT, 51, story + " A bar for each second.");
        int y = 68;
        attempts(y);
        y += attemptsHeight + 16;
        requests(LEFT, y, 610);
        latency(LEFT + 626, y, 334);
        rates(y + 236 + 16);
        return svg.finished();
    }

    private String about() {
        return "%d calls in %d s through the router, to %d simulated regions"
                .formatted(sum(run.requests()), seconds, rows);
    }

    private void attempts(int top) {
        panel("attempts-by-region-and-status", LEFT, top, WIDTH - 2 * LEFT, attemptsHeight);
        svg.key(WIDTH - LEFT - PAD - 173, top + 30, "served", "200", "throttled", "429", "failed", "5xx");
        int most = run.regions().values().stream()
                .mapToInt(region -> Chart.most(region.served(), region.throttled(), region.failed()))
                .max()
                .orElse(1);
        int y = top + 54;
        for (Map.Entry<String, RunSeries.Attempts> region : run.regions().entrySet()) {
            RunSeries.Attempts attempts = region.getValue();
            svg.text("name", LEFT + PAD, y + 24, region.getKey());
            svg.words(
                    "",
                    LEFT + PAD,
                    y + 44,
                    "",
                    attempts.count() + " attempts",
                    "wait",
                    some(sum(attempts.throttled()), " × 429"),
                    "bad",
                    some(sum(attempts.failed()), " failed"));
            Chart chart = new Chart(svg, MIDDLE, y, WIDTH - LEFT - PAD - MIDDLE, ROW - 20, seconds, most);
            chart.scale();
            chart.stack(
                    new String[] {"served", "throttled", "failed"},
                    attempts.served(),
                    attempts.throttled(),
                    attempts.failed());
            y += ROW;
        }
        new Chart(svg, MIDDLE, y, WIDTH - LEFT - PAD - MIDDLE, -20, seconds, most).clock();
    }

    private void requests(int x, int top, int width) {
        panel("requests-with-retry", x, top, width, 236);
        int[] retried = run.retried();
        int[] once = run.requests();
        Arrays.setAll(once, second -> once[second] - retried[second]);
        svg.key(
                x + PAD,
                top + 54,
                "served",
                "at once",
                "retried",
                "retried: " + sum(retried),
                "failed",
                "refused: " + sum(run.refused()));
        Chart chart =
                new Chart(svg, x + PAD + 24, top + 76, width - 2 * PAD - 24, 124, seconds, Chart.most(run.requests()));
        chart.scale();
        chart.stack(new String[] {"served", "retried"}, once, retried);
        chart.stack(new String[] {"failed"}, run.refused());
        chart.clock();
    }

    private void latency(int x, int top, int width) {
        panel("added-latency", x, top, width, 236);
        svg.dot("low", x + PAD + 5, top + 50);
        svg.text("", x + PAD + 16, top + 54, "p50: " + run.added(50));
        svg.dot("high", x + PAD + 105, top + 50);
        svg.text("", x + PAD + 116, top + 54, "p95: " + run.added(95) + ", of retried calls");
        Long highest = run.added(100);
        int most = highest == null ? 50 : (int) Math.ceil(Math.max(1, highest) / 50.0) * 50;
        Chart chart = new Chart(svg, x + PAD + 32, top + 76, width - 2 * PAD - 32, 124, seconds, most);
        chart.scale();
        for (int i = 0; i < seconds; i++) {
            Long low = run.added(i, 50);
            Long high = run.added(i, 95);
            if (low != null && high != null) {
                double middle = chart.middleOf(i);
                svg.line("span", middle, chart.heightOf(low), middle, chart.heightOf(high));
                svg.dot("high", middle, chart.heightOf(high));
                svg.dot("low", middle, chart.heightOf(low));
            }
        }
        chart.clock();
    }

    private void rates(int top) {
        panel("throttled-by-region", LEFT, top, WIDTH - 2 * LEFT, 74 + rows * TABLE_ROW);
        svg.key(WIDTH - LEFT - PAD - 119, top + 30, "throttled", "429", "failed", "failed");
        double most = run.regions().values().stream()
                .mapToDouble(region -> region.percent(region.throttled()) + region.percent(region.failed()))
                .max()
                .orElse(0);
        double full = Math.max(10, Math.ceil(most / 10) * 10);
        int y = top + 56;
        for (Map.Entry<String, RunSeries.Attempts> region : run.regions().entrySet()) {
            RunSeries.Attempts attempts = region.getValue();
            double throttled = attempts.percent(attempts.throttled());
            double failed = attempts.percent(attempts.failed());
            double end = MIDDLE + TRACK * throttled / full;
            svg.text("name", LEFT + PAD, y + 13, region.getKey());
            svg.rect("rest", MIDDLE, y, TRACK, 16, 0);
            svg.rect("throttled", MIDDLE, y, end - MIDDLE, 16, 0);
            svg.rect("failed", end, y, TRACK * failed / full, 16, 0);
            long wait = attempts.longestWaitMillis();
            svg.words(
                    "",
                    MIDDLE + TRACK + 16,
                    y + 13,
                    throttled > 0 ? "wait" : "",
                    percent(throttled) + " 429",
                    failed > 0 ? "bad" : "",
                    " · " + percent(failed) + " failed",
                    "",
                    wait > 0 ? " · longest wait %d s".formatted(Math.round(wait / 1_000.0)) : "");
            y += TABLE_ROW;
        }
        for (int i = 0; i <= 2; i++) {
            svg.text("tick middle", MIDDLE + TRACK * i / 2.0, y + 4, Math.round(full * i / 2) + " %");
        }
    }

    private void panel(String item, int x, int y, int width, int height) {
        svg.rect("panel", x, y, width, height, 12);
        svg.text("title", x + PAD, y + 30, titles.apply(item));
    }

    private static String percent(double share) {
        return share == 0 ? "0 %" : String.format(Locale.ROOT, "%.1f %%", share);
    }

    private static String some(int count, String of) {
        return count > 0 ? " · " + count + of : "";
    }

    private static int sum(int[] counts) {
        return Arrays.stream(counts).sum();
    }
}
