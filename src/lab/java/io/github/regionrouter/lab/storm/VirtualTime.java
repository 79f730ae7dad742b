package io.github.regionrouter.lab.storm;

import io.github.regionrouter.region.Ticker;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that jumps from one event to the next. Events of one moment come in the order in which they were asked for. */
final class VirtualTime implements Ticker {

    static final long SECOND = 1_000_000_000L;

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));

    private long now;
    private long numbers;

    @Override
    public long nanos() {
        return now;
    }

    /** @param at not in the past */
    void at(long at, Runnable action) {
        events.add(new Event(at, numbers++, action));
    }

    void after(long delay, Runnable action) {
        at(now + delay, action);
    }

    /** Until nothing is left to happen. */
    void run() {
        for (Event next = events.poll(); next != null; next = events.poll()) {
            now = next.at;
            next.action.run();
        }
    }

    private record Event(long at, long number, Runnable action) {}
}
