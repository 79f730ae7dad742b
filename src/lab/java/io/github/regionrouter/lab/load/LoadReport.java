package io.github.regionrouter.lab.load;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to.
 *
 * @param started wall-clock time
 * @param seconds from the start until the last call ended or was given up
 * @param interrupted whether somebody stopped it
 * @param endpoints in the order in which they were given
 * @param regions where calls were answered, by name; calls without an answer stand under {@link #NO_REGION}
 * @param backends the same by {@code Backend-Service-URL}; of routed calls alone
 * @param statuses the most frequent first
 * @param series second by second
 * @param columns the same in at most {@link #MOST_COLUMNS} rows, for charts of counts
 * @param trend the same in at most {@link #MOST_TRENDS} rows, for charts of percentiles: those of a few calls say nothing
 */
record LoadReport(
        LoadPlan plan,
        Instant started,
        double seconds,
        boolean interrupted,
        Group all,
        List<Group> endpoints,
        List<Group> regions,
        List<Group> backends,
        List<StatusGroup> statuses,
        Throttles throttles,
        Retries retries,
        List<Series.Row> series,
        Series.Columns columns,
        Series.Columns trend) {

    static final String NO_REGION = "(not told)";
    static final int MOST_COLUMNS = 120;
    static final int MOST_TRENDS = 40;

    /**
     * The calls with one status.
     *
     * @param detail what the first of them said; null if they were served
     */
    record StatusGroup(
            Group group, Status.Kind kind, @Nullable String detail) {}

    /** Of calls that ended. */
    double callsPerSecond() {
        return seconds == 0 ? 0 : all.counts().ended() / seconds;
    }

    /** Prompt and completion tokens as reported, over the whole run; of a run under a minute, as if it had gone on. */
    double tokensPerMinute(long tokens) {
        return seconds == 0 ? 0 : tokens * 60 / seconds;
    }
}
