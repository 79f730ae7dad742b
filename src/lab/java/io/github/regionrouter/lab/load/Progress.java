package io.github.regionrouter.lab.load;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is.
 *
 * @param elapsed seconds
 * @param total null if the run has no number of calls
 * @param perSecond calls that ended, since the last line
 * @param p50 milliseconds, of the calls served since the last line; NaN of none
 * @param tokensPerMinute of the last minute, or since the start
 */
record Progress(
        double elapsed,
        long done,
        @Nullable Long total,
        double perSecond,
        long inFlight,
        long served,
        long throttled,
        long other,
        double p50,
        double p95,
        double tokensPerMinute) {

    private static final String GAP = "  ";

    /** Parts as far as the width reaches, the most important ones first: how far it is, what calls came to, how long they take. */
    String line(int width) {
        Map<Integer, String> kept = new TreeMap<>();
        int length = -GAP.length();
        for (Part part : parts()) {
            if (kept.isEmpty() || length + GAP.length() + part.words.length() <= width) {
                kept.put(part.place, part.words);
                length += GAP.length() + part.words.length();
            }
        }
        return String.join(GAP, kept.values());
    }

    /** The most important first. */
    private List<Part> parts() {
        String far = total == null ? Long.toString(done) : done + "/" + total;
        return List.of(
                new Part(0, String.format(Locale.ROOT, "%5.0f s  %s", elapsed, far)),
                new Part(3, "200: " + served + "  429: " + throttled + "  other: " + other),
                new Part(5, "p95 " + Words.millis(p95)),
                new Part(1, Words.number(perSecond) + "/s"),
                new Part(2, inFlight + " in flight"),
                new Part(6, Words.whole(tokensPerMinute) + " tokens/min"),
                new Part(4, "p50 " + Words.millis(p50)));
    }

    /** @param place in the line, from the left */
    private record Part(int place, String words) {}
}
