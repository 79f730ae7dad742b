package io.github.regionrouter.lab.storm;

import io.github.regionrouter.lab.chart.Chart;
import io.github.regionrouter.lab.chart.Svg;
import java.util.List;

/** Attempts by second while half as much again is asked as the regions have: what each policy makes of the same storm. */
final class OverloadDrawing {

    private static final int WIDTH = 1_000;
    private static final int EDGE = 20;
    private static final int PANEL = 190;
    private static final int GAP = 16;
    private static final int TOP = 66;
    private static final List<Policies> SHOWN =
            List.of(Policies.ROUTER, Policies.API_MANAGEMENT, Policies.ROUND_ROBIN, Policies.CIRCUIT_BREAKERS);

    private OverloadDrawing() {}

    static String of(Workload workload, long seed) {
        String about = "Attempts in each of " + Series.SECONDS + " seconds: " + workload.title();
        Svg svg = new Svg(WIDTH, TOP + SHOWN.size() * (PANEL + GAP) + EDGE - GAP, about);
        svg.text("name", EDGE, 30, about);
        svg.key(EDGE, 53, "served", "admitted", "throttled", "429");
        int y = TOP;
        for (Policies policy : SHOWN) {
            panel(
                    svg,
                    policy,
                    Run.of(workload, policy.maker(), Storm.USUAL, seed).series(),
                    y);
            y += PANEL + GAP;
        }
        return svg.finished();
    }

    private static void panel(Svg svg, Policies policy, Series series, int y) {
        svg.rect("panel", EDGE, y, WIDTH - 2 * EDGE, PANEL, 8);
        svg.text("title", EDGE + 16, y + 26, policy.title());
        int most = Chart.most(series.admitted(), series.throttled());
        Chart chart = new Chart(svg, EDGE + 60, y + 44, WIDTH - 2 * EDGE - 80, PANEL - 76, Series.SECONDS, most);
        chart.scale();
        chart.stack(new String[] {"served", "throttled"}, series.admitted(), series.throttled());
        chart.clock();
    }
}
