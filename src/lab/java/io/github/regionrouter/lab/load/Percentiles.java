package io.github.regionrouter.lab.load;

import java.util.List;
import java.util.stream.DoubleStream;
import org.HdrHistogram.AbstractHistogram;

/**
 * A distribution of times, in milliseconds; NaN of nothing.
 *
 * @param curve the whole of it, from the least to the greatest
 */
record Percentiles(
        long count,
        double mean,
        double p50,
        double p90,
        double p95,
        double p99,
        double p999,
        double max,
        List<Point> curve) {

    private static final double[] CURVE = {
        0, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92.5, 95, 97.5, 99, 99.5, 99.9, 99.95, 99.99, 100
    };

    /** This share of the times, in percent, is so many milliseconds or less. */
    record Point(double percentile, double millis) {}

    static Percentiles of(AbstractHistogram micros) {
        long count = micros.getTotalCount();
        List<Point> curve = count == 0
                ? List.of()
                : DoubleStream.of(CURVE)
                        .mapToObj(percentile -> new Point(percentile, at(micros, percentile)))
                        .toList();
        return new Percentiles(
                count,
                count == 0 ? Double.NaN : micros.getMean() / 1_000,
                at(micros, 50),
                at(micros, 90),
                at(micros, 95),
                at(micros, 99),
                at(micros, 99.9),
                at(micros, 100),
                curve);
    }

    boolean none() {
        return count == 0;
    }

    private static double at(AbstractHistogram micros, double percentile) {
        return micros.getTotalCount() == 0
                ? Double.NaN
                : Math.min(micros.getValueAtPercentile(percentile), micros.getMaxValue()) / 1_000.0;
    }
}
