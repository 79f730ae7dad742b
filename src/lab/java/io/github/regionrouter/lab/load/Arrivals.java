package io.github.regionrouter.lab.load;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The calls that are due in an open loop, one after the other, within the plan's bounds. Not thread-safe. */
final class Arrivals {

    private final LoadPlan plan;
    private final long start;
    private final ArrivalSchedule schedule;
    private long index;

    /** @param start nanoseconds by the clock of the calls */
    Arrivals(LoadPlan plan, Pace.Rate rate, long start) {
        this.plan = plan;
        this.start = start;
        schedule = new ArrivalSchedule(rate, plan.seed());
    }

    /** Null if there are no more. */
    @Nullable
    Due next() {
        Duration duration = plan.duration();
        long at = schedule.next();
        return index < plan.items() && (duration == null || at < duration.toNanos())
                ? new Due(index++, start + at)
                : null;
    }

    /**
     * One of them.
     *
     * @param index from 0
     * @param intended when it should set out
     */
    record Due(long index, long intended) {}
}
