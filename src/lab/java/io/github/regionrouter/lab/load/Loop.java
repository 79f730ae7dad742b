package io.github.regionrouter.lab.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Makes calls set out at their pace, and gives their results as they end.
 *
 * @param nanos the clock of the times of calls
 * @param timer waits
 */
record Loop(LoadPlan plan, Stop stop, LongSupplier nanos, Scheduler timer) {

    /** Makes a call: its number, from 0, and when it should have set out; null if that is when it does. */
    @FunctionalInterface
    interface Sender {
        Mono<CallResult> send(long index, @Nullable Long intended);
    }

    /**
     * Ends when all calls have ended or were given up.
     *
     * @param missed learns, at the end, of the calls of an open loop that never set out
     */
    Flux<CallResult> run(Sender sender, Backlog.Missed missed) {
        if (plan.pace() instanceof Pace.Rate rate) {
            Backlog backlog = new Backlog(plan, rate, nanos.getAsLong());
            return open(rate, sender, backlog).takeUntilOther(stop.giveUp()).doOnComplete(() -> backlog.tell(missed));
        }
        return closed((Pace.Threads) plan.pace(), sender).takeUntilOther(stop.giveUp());
    }

    /**
     * The schedule is asked for one call at a time, and only while there is room for it, so a call that has to wait for room is
     * late but keeps its time.
     */
    private Flux<CallResult> open(Pace.Rate rate, Sender sender, Backlog backlog) {
        Flux<Arrivals.Due> calls = Flux.generate(() -> new Arrivals(plan, rate, backlog.start()), (arrivals, sink) -> {
            Arrivals.Due due = arrivals.next();
            if (due == null) {
                sink.complete();
            } else {
                sink.next(due);
            }
            return arrivals;
        });
        return calls.concatMap(this::inTime, 1)
                .takeUntilOther(stop.noMore().doOnTerminate(() -> backlog.close(nanos.getAsLong())))
                .flatMap(due -> backlog.counted(sender.send(due.index(), due.intended())), rate.mostAtOnce(), 1);
    }

    private Mono<Arrivals.Due> inTime(Arrivals.Due due) {
        return after(due.intended() - nanos.getAsLong()).thenReturn(due);
    }

    private Flux<CallResult> closed(Pace.Threads threads, Sender sender) {
        AtomicLong next = new AtomicLong();
        return Flux.range(0, threads.threads())
                .flatMap(thread -> thread(threads, thread, next, sender), threads.threads());
    }

    /** In a ramp threads set out one after the other, evenly. */
    private Flux<CallResult> thread(Pace.Threads threads, int thread, AtomicLong next, Sender sender) {
        long waits = threads.ramp().toNanos() / threads.threads() * thread;
        Flux<Long> turns = Flux.generate(sink -> {
            long index = next.getAndIncrement();
            if (index < plan.items()) {
                sink.next(index);
            } else {
                sink.complete();
            }
        });
        return after(waits)
                .thenMany(turns)
                .takeUntilOther(stop.noMore())
                .concatMap(index -> sender.send(index, null), 0);
    }

    /** At once if it is time, without another thread. */
    private Mono<Long> after(long waits) {
        return waits <= 0 ? Mono.just(0L) : Mono.delay(Duration.ofNanos(waits), timer);
    }
}
