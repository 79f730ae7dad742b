package io.github.regionrouter.lab.chart;

/**
 * One chart over the seconds of a run, with its scale.
 *
 * @param most the value at its upper edge
 */
public record Chart(Svg svg, int x, int y, int width, int height, int seconds, int most) {

    private static final int TICK_SECONDS = 5;

    /** Where a second has its middle. */
    public double middleOf(int second) {
        return x + (second + 0.5) * width / seconds;
    }

    public double heightOf(double value) {
        return y + height - height * value / most;
    }

    /** Lines for nothing and for the most. */
    public void scale() {
        for (int value : new int[] {0, most}) {
            double at = heightOf(value);
            svg.line("grid", x, at, x + width, at);
            svg.text("tick end", x - 7, at + 4, Integer.toString(value));
        }
    }

    /** Seconds below the chart. */
    public void clock() {
        for (int second = 0; second <= seconds; second += TICK_SECONDS) {
            svg.text(
                    "tick middle",
                    x + (double) width * second / seconds,
                    y + height + 18,
                    second == 0 ? "0 s" : Integer.toString(second));
        }
    }

    /** Bars upon each other, from below. */
    public void stack(String[] kinds, int[]... counts) {
        double step = (double) width / seconds;
        double gap = Math.min(1.5, step / 8);
        for (int second = 0; second < seconds; second++) {
            int below = 0;
            for (int i = 0; i < kinds.length; i++) {
                int above = below + counts[i][second];
                if (above > below) {
                    double top = heightOf(above);
                    svg.rect(kinds[i], x + second * step + gap, top, step - 2 * gap, heightOf(below) - top, 0);
                }
                below = above;
            }
        }
    }

    /** The highest sum of a second, at least 1. */
    public static int most(int[]... parts) {
        int most = 1;
        for (int second = 0; second < parts[0].length; second++) {
            int sum = 0;
            for (int[] part : parts) {
                sum += part[second];
            }
            most = Math.max(most, sum);
        }
        return most;
    }
}
