package io.github.regionrouter.lab.storm;

import io.github.regionrouter.lab.chart.Svg;
import java.util.List;
import java.util.Locale;

/** The figures of each workload as bars: what was served, what was asked in vain, and how long callers waited. */
final class StormDrawing {

    private static final int WIDTH = 1_000;
    private static final int EDGE = 20;
    private static final int COLUMNS = 2;
    private static final int GAP = 16;
    private static final int PANEL = (WIDTH - 2 * EDGE - GAP) / COLUMNS;
    private static final int ROW = 24;
    private static final int HEAD = 62;
    private static final int TOP = 66;
    private static final int BAR = 90;
    private static final int SERVED = 182;
    private static final int WASTED = 300;

    private final Storm storm;
    private final List<Policies> policies = Policies.real();
    private final int panelHeight = HEAD + policies.size() * ROW + 12;
    private final Svg svg;

    private StormDrawing(Storm storm) {
        this.storm = storm;
        int rows = (storm.workloads().size() + COLUMNS - 1) / COLUMNS;
        svg = new Svg(WIDTH, TOP + rows * (panelHeight + GAP) + EDGE - GAP, about());
    }

    static String of(Storm storm) {
        return new StormDrawing(storm).draw();
    }

    private static String about() {
        return "Six ways to share three regions, with four instances that know nothing of each other";
    }

    private String draw() {
        svg.text("name", EDGE, 30, about());
        svg.key(EDGE, 53, "served", "goodput as a share of the oracle's", "throttled", "attempts wasted on 429");
        for (int i = 0; i < storm.workloads().size(); i++) {
            int x = EDGE + i % COLUMNS * (PANEL + GAP);
            panel(storm.workloads().get(i), x, TOP + i / COLUMNS * (panelHeight + GAP));
        }
        return svg.finished();
    }

    private void panel(Workload workload, int x, int y) {
        svg.rect("panel", x, y, PANEL, panelHeight, 8);
        svg.text("title", x + 16, y + 26, workload.title());
        svg.text("tick", x + SERVED, y + 48, "goodput");
        svg.text("tick", x + WASTED, y + 48, "wasted");
        svg.text("tick end", x + PANEL - 16, y + 48, "wait p95");
        for (int i = 0; i < policies.size(); i++) {
            row(workload, policies.get(i), x, y + HEAD + i * ROW);
        }
    }

    private void row(Workload workload, Policies policy, int x, int y) {
        Figures figures = storm.of(workload, policy, Storm.USUAL);
        svg.text(policy == Policies.ROUTER ? "name" : "", x + 16, y + 14, shortTitle(policy));
        bar("served", x + SERVED, y, storm.goodput(workload, policy, Storm.USUAL));
        bar("throttled", x + WASTED, y, figures.wasted());
        svg.text("tick end", x + PANEL - 16, y + 14, seconds(figures.waited(95)));
    }

    private void bar(String kind, int x, int y, double share) {
        double width = BAR * 0.6 * Math.min(1, share);
        svg.rect("rest", x, y + 4, BAR * 0.6, 11, 2);
        svg.rect(kind, x, y + 4, width, 11, 2);
        svg.text("tick", x + BAR * 0.6 + 6, y + 14, String.format(Locale.ROOT, "%.1f %%", 100 * share));
    }

    private static String seconds(long millis) {
        return millis < 1_000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    /** As much of the title as there is room for. */
    private static String shortTitle(Policies policy) {
        String title = policy.title();
        int comma = title.indexOf(',');
        return comma < 0 ? title : title.substring(0, comma);
    }
}
