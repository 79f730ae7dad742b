package io.github.regionrouter.pipeline;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Real time for a router. Every call sets some limits of many seconds, and nearly all of them are taken back soon after. A heap
 * behind a lock, as a thread pool keeps, costs more for that than all of the router's own thinking (docs/decisions.md), so
 * limits of a second or more stand in a wheel that nobody waits for (Varghese and Lauck 1987). They ring up to 50 ms late and
 * never early. What is shorter is a pause that somebody waits for, and exact to the millisecond.
 *
 * <p>One for the process: its one thread only turns the wheel, what is due runs on {@link Schedulers#parallel()}.
 */
public final class TimeoutWheel implements Scheduler {

    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration EXACT_BELOW = Duration.ofSeconds(1);

    private static final TimeoutWheel OF_PROCESS = new TimeoutWheel();

    private final HashedWheelTimer wheel =
            new HashedWheelTimer(new DefaultThreadFactory("timeouts", true), TICK.toMillis(), TimeUnit.MILLISECONDS);

    private TimeoutWheel() {
        wheel.start(); // else the first to set a limit would wait for its thread
    }

    /** The one that all routers of a process share. */
    public static Scheduler ofProcess() {
        return OF_PROCESS;
    }

    @Override
    public Disposable schedule(Runnable task) {
        return Schedulers.parallel().schedule(task);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        if (unit.toMillis(delay) < EXACT_BELOW.toMillis()) {
            return Schedulers.parallel().schedule(task, delay, unit);
        }
        Timeout timeout = wheel.newTimeout(due -> Schedulers.parallel().schedule(task), delay, unit);
        return timeout::cancel;
    }

    @Override
    public Worker createWorker() {
        return Schedulers.parallel().createWorker();
    }

    /** Monotonic: what is measured with it must not jump with the wall clock. */
    @Override
    public long now(TimeUnit unit) {
        return unit.convert(System.nanoTime(), TimeUnit.NANOSECONDS);
    }
}
