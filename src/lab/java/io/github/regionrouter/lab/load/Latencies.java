package io.github.regionrouter.lab.load;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.PackedHistogram;

/** Times of calls, counted to the microsecond within a fixed relative error, however many there are. Not thread-safe. */
final class Latencies {

    private final AbstractHistogram micros;

    private Latencies(AbstractHistogram micros) {
        this.micros = micros;
        micros.setAutoResize(true);
    }

    /** Within 0.1 %. */
    static Latencies exact() {
        return new Latencies(new Histogram(3));
    }

    /** Within 1 %, and small: one is kept for every second of a run. */
    static Latencies small() {
        return new Latencies(new PackedHistogram(2));
    }

    void add(long nanos) {
        micros.recordValue(Math.max(0, nanos / 1_000));
    }

    void addAll(Latencies others) {
        micros.add(others.micros);
    }

    void clear() {
        micros.reset();
    }

    Percentiles percentiles() {
        return Percentiles.of(micros);
    }
}
