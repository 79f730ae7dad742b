package io.github.regionrouter.lab.bench;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Several takes of one figure. */
record Spread(double median, double min, double max) {

    /** Null of nothing. */
    static @Nullable Spread of(List<Double> takes) {
        if (takes.isEmpty()) {
            return null;
        }
        List<Double> sorted = takes.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** The median, and behind it the least and the greatest take. */
    String text() {
        String middle = number(median);
        return number(min).equals(number(max)) ? middle : middle + " (" + number(min) + "–" + number(max) + ")";
    }

    /** With as many decimals as a reader has use for. */
    static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
