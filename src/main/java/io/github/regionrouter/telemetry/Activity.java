package io.github.regionrouter.telemetry;

import io.github.regionrouter.attempt.Outcome;
import io.github.regionrouter.attempt.Outcome.Cut;
import io.github.regionrouter.attempt.Outcome.Failed;
import io.github.regionrouter.attempt.Outcome.Misconfigured;
import io.github.regionrouter.attempt.Outcome.Throttled;
import io.github.regionrouter.attempt.Outcome.Unreachable;
import io.github.regionrouter.region.Deployment;
import io.github.regionrouter.region.Ticker;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How many attempts each deployment saw in each of the last {@link #MINUTES} minutes, for people who look at the router. */
public final class Activity implements Consumer<AttemptRecord> {

    /** How far back it remembers; the minute under way counts as one. */
    public static final int MINUTES = 15;

    private final Ticker ticker;
    private final long origin;
    private final ConcurrentHashMap<Deployment, Minutes> deployments = new ConcurrentHashMap<>();

    public Activity(Ticker ticker) {
        this.ticker = ticker;
        this.origin = ticker.nanos();
    }

    @Override
    public void accept(AttemptRecord attempt) {
        deployments
                .computeIfAbsent(attempt.region().deployment(), unseen -> new Minutes())
                .count(minute(), attempt.outcome());
    }

    /** The last minutes of a deployment, oldest first. */
    public Counts of(Deployment deployment) {
        return deployments.getOrDefault(deployment, new Minutes()).counts(minute());
    }

    /** Forgets the deployments that are gone from the settings. */
    public void keepOnly(Set<Deployment> kept) {
        deployments.keySet().retainAll(kept);
    }

    private long minute() {
        return TimeUnit.NANOSECONDS.toMinutes(ticker.nanos() - origin);
    }

    /**
     * Attempts a minute, oldest first, the last one under way; each of {@link #MINUTES} entries.
     *
     * @param throttled of them, those answered 429
     * @param failed of them, those that failed in another way that is not the caller's
     */
    public record Counts(int[] attempts, int[] throttled, int[] failed) {}

    private static final class Minutes {
        private final long[] minutes = new long[MINUTES];
        private final int[] attempts = new int[MINUTES];
        private final int[] throttled = new int[MINUTES];
        private final int[] failed = new int[MINUTES];

        synchronized void count(long minute, @Nullable Outcome outcome) {
            int slot = (int) (minute % MINUTES);
            if (minutes[slot] != minute) {
                minutes[slot] = minute;
                attempts[slot] = 0;
                throttled[slot] = 0;
                failed[slot] = 0;
            }
            attempts[slot]++;
            throttled[slot] += outcome instanceof Throttled ? 1 : 0;
            failed[slot] += isFailure(outcome) ? 1 : 0;
        }

        synchronized Counts counts(long now) {
            Counts counts = new Counts(new int[MINUTES], new int[MINUTES], new int[MINUTES]);
            for (int i = 0; i < MINUTES; i++) {
                long minute = now - MINUTES + 1 + i;
                int slot = (int) Math.floorMod(minute, (long) MINUTES);
                if (minute >= 0 && minutes[slot] == minute) {
                    counts.attempts[i] = attempts[slot];
                    counts.throttled[i] = throttled[slot];
                    counts.failed[i] = failed[slot];
                }
            }
            return counts;
        }

        private static boolean isFailure(@Nullable Outcome outcome) {
            return outcome instanceof Failed
                    || outcome instanceof Unreachable
                    || outcome instanceof Cut
                    || outcome instanceof Misconfigured;
        }
    }
}
