package io.github.regionrouter.lab.load;

import io.github.regionrouter.lab.chart.Chart;
import io.github.regionrouter.lab.chart.Svg;
import java.util.function.IntFunction;

/** A picture with an axis of round numbers on its left, to be filled with bars or lines. */
final class Plot {

    private static final int LEFT = 52;
    private static final int TOP = 10;
    private static final int RIGHT = 12;
    private static final int BELOW = 26;
    private static final int TICKS = 4;

    private final int width;
    private final Svg svg;
    private final Chart chart;

    /**
     * @param columns how many parts the lower axis has
     * @param greatest of the values
     * @param words of a number on the axis
     */
    Plot(int width, int height, String description, int columns, double greatest, IntFunction<String> words) {
        this.width = width;
        NiceScale scale = NiceScale.of(greatest, TICKS);
        svg = Svg.inPage(width, height, description);
        chart = new Chart(svg, LEFT, TOP, width - LEFT - RIGHT, height - TOP - BELOW, columns, scale.top());
        for (int value = 0; value <= scale.top(); value += scale.step()) {
            double at = chart.heightOf(value);
            svg.line(value == 0 ? "base" : "grid", LEFT, at, width - RIGHT, at);
            svg.text("tick end", LEFT - 8, at + 4, words.apply(value));
        }
    }

    Svg svg() {
        return svg;
    }

    Chart chart() {
        return chart;
    }

    double left() {
        return LEFT;
    }

    double span() {
        return width - LEFT - (double) RIGHT;
    }

    /** Words below the axis, so far along it (0 to 1). */
    void below(double along, String words) {
        svg.text(
                "tick " + (along > 0.97 ? "end" : "middle"),
                LEFT + along * span(),
                chart.y() + chart.height() + 18,
                words);
    }

    /** Seconds below the axis. */
    void clock(int seconds) {
        int step = NiceScale.clock(seconds, width < 400 ? 4 : 8);
        for (int second = 0; second <= seconds; second += step) {
            below((double) second / seconds, second == 0 ? "0 s" : clockWords(second));
        }
    }

    String finished() {
        return svg.finished();
    }

    static String clockWords(int second) {
        return second < 120 ? Integer.toString(second) : String.format("%d:%02d", second / 60, second % 60);
    }
}
