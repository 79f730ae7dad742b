package io.github.regionrouter.testing;

import io.github.regionrouter.region.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A clock driven by hand: ticker, wall clock and scheduler of one time, so that a test waits for nothing. It starts ten
 * seconds before the ticker's overflow, since {@link System#nanoTime()} may start anywhere.
 */
public final class HandClock implements Ticker, InstantSource, Scheduler {

    private static final long ORIGIN = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(10);
    private static final Instant WALL_ORIGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TreeSet<Timer> timers =
            new TreeSet<>(Comparator.<Timer>comparingLong(timer -> timer.due).thenComparingLong(timer -> timer.number));
    private long elapsed;
    private long numbers;

    @Override
    public synchronized long nanos() {
        return ORIGIN + elapsed;
    }

    @Override
    public synchronized Instant instant() {
        return WALL_ORIGIN.plusNanos(elapsed);
    }

    @Override
    public long now(TimeUnit unit) {
        return unit.convert(instant().toEpochMilli(), TimeUnit.MILLISECONDS);
    }

    /** Lets time pass; what falls due runs on this thread, in its order. */
    public void advance(Duration time) {
        long target;
        synchronized (this) {
            target = elapsed + time.toNanos();
        }
        for (Optional<Timer> due = takeDue(target); due.isPresent(); due = takeDue(target)) {
            due.get().task.run();
        }
        synchronized (this) {
            elapsed = target;
        }
    }

    /** Waits, in real time, until a timer is set that has between these to go. */
    public void awaitTimer(Duration atLeast, Duration atMost) throws InterruptedException {
        awaitTimers(1, atLeast, atMost);
    }

    /** Waits, in real time, until so many timers are set that have between these to go. */
    public void awaitTimers(long count, Duration atLeast, Duration atMost) throws InterruptedException {
        await(found -> found >= count, atLeast, atMost);
    }

    /** Waits, in real time, until no timer is set that has between these to go. */
    public void awaitNoTimer(Duration atLeast, Duration atMost) throws InterruptedException {
        await(found -> found == 0, atLeast, atMost);
    }

    private synchronized void await(LongPredicate enough, Duration atLeast, Duration atMost)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!enough.test(timers.stream()
                .map(this::toGo)
                .filter(left -> left.compareTo(atLeast) >= 0 && left.compareTo(atMost) <= 0)
                .count())) {
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (leftMillis <= 0) {
                throw new AssertionError("timers between " + atLeast + " and " + atMost + ": not as expected; to go: "
                        + timers.stream().map(this::toGo).toList());
            }
            wait(leftMillis);
        }
    }

    private Duration toGo(Timer timer) {
        return Duration.ofNanos(timer.due - elapsed);
    }

    @Override
    public Disposable schedule(Runnable task) {
        return Schedulers.parallel().schedule(task);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        if (delay <= 0) {
            return schedule(task);
        }
        synchronized (this) {
            Timer timer = new Timer(elapsed + unit.toNanos(delay), numbers++, task);
            timers.add(timer);
            notifyAll();
            return timer;
        }
    }

    @Override
    public Worker createWorker() {
        return new HandWorker();
    }

    private synchronized Optional<Timer> takeDue(long target) {
        if (timers.isEmpty() || timers.first().due > target) {
            return Optional.empty();
        }
        Timer first = timers.first();
        timers.remove(first);
        elapsed = Math.max(elapsed, first.due);
        return Optional.of(first);
    }

    private final class Timer implements Disposable {
        private final long due;
        private final long number;
        private final Runnable task;

        Timer(long due, long number, Runnable task) {
            this.due = due;
            this.number = number;
            this.task = task;
        }

        @Override
        public void dispose() {
            synchronized (HandClock.this) {
                timers.remove(this);
                HandClock.this.notifyAll();
            }
        }
    }

    private final class HandWorker implements Worker {
        private final Disposable.Composite tasks = Disposables.composite();

        @Override
        public Disposable schedule(Runnable task) {
            return kept(HandClock.this.schedule(task));
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return kept(HandClock.this.schedule(task, delay, unit));
        }

        @Override
        public void dispose() {
            tasks.dispose();
        }

        private Disposable kept(Disposable task) {
            tasks.add(task);
            return task;
        }
    }
}
