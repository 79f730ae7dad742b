package io.github.regionrouter.lab.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a run came to in a sentence or two. */
final class Headline {

    private Headline() {}

    /** {@code 198 of 200 calls served, 2 × 429}. */
    static String of(LoadReport report) {
        Group all = report.all();
        return Words.whole(all.served()) + " of " + Words.count(all.calls(), "call") + " served" + rest(report);
    }

    /** What follows the number of calls served. */
    static String rest(LoadReport report) {
        Group all = report.all();
        List<String> parts = new ArrayList<>();
        if (all.throttled() > 0) {
            parts.add(Words.whole(all.throttled()) + "\u00a0×\u00a0429");
        }
        if (all.failed() > 0) {
            parts.add(Words.whole(all.failed()) + " failed");
        }
        if (report.interrupted()) {
            parts.add("interrupted");
        }
        if (all.counts().givenUp() > 0) {
            parts.add(Words.whole(all.counts().givenUp()) + " given up");
        }
        if (all.counts().notStarted() > 0) {
            parts.add(Words.whole(all.counts().notStarted()) + " never set out");
        }
        return parts.isEmpty() ? "" : ", " + String.join(", ", parts);
    }

    /** Which answers said nothing of their tokens; nothing if all did. */
    static List<String> silence(Tokens tokens) {
        List<String> sentences = new ArrayList<>();
        if (tokens.counted() > 0) {
            sentences.add(Words.count(tokens.counted(), "stream")
                    + " said nothing of tokens; events with content were counted in place of completion tokens.");
        }
        if (tokens.untold() > 0) {
            sentences.add(Words.count(tokens.untold(), "answer") + " said nothing of tokens: none are counted.");
        }
        return sentences;
    }

    /** What the headline's "never set out" means. */
    static String missed(LoadReport report) {
        return Words.count(report.all().counts().notStarted(), "due call") + " never set out, " + waited(report.plan())
                + ": raise --threads, or ask for less. No percentile of an endpoint has them, so its true latencies are "
                + "longer; how long they had waited stands by status.";
    }

    /** {@code waiting for one of 4 threads}. */
    static String waited(LoadPlan plan) {
        return "waiting for one of " + Words.count(plan.pace().mostAtOnce(), "thread");
    }

    static String throttles(Throttles throttles) {
        String waits = throttles.withWait() == 0
                ? "none said how long to wait."
                : Words.whole(throttles.withWait()) + " said how long to wait: " + seconds(throttles.shortest())
                        + " to " + seconds(throttles.longest()) + ", median " + seconds(throttles.median()) + ".";
        return Words.count(throttles.count(), "call") + " ended in 429; " + waits;
    }

    static String retries(Retries retries) {
        return String.format(
                "%s routed, %s attempts per call; %s (%s) took more than one; %s answered 429.",
                Words.count(retries.calls(), "call"),
                String.format(Locale.ROOT, "%.2f", (double) retries.attempts() / retries.calls()),
                Words.whole(retries.retried()),
                Words.percent(retries.retried(), retries.calls()),
                Words.count(retries.throttled(), "attempt"));
    }

    private static String seconds(double seconds) {
        return Words.number(seconds) + " s";
    }
}
