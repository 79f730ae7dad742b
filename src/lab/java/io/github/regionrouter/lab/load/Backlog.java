package io.github.regionrouter.lab.load;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Which calls of an open loop were due and never set out: they waited for room until the run's duration or Ctrl-C ended all
 * setting out. They are the ones whom a slow server kept waiting longest, so none may be forgotten. Thread-safe.
 */
final class Backlog {

    /** A call that is due for less than this, while there is room, was about to set out. */
    private static final long JUST_DUE = 20_000_000;

    private final LoadPlan plan;
    private final Pace.Rate rate;
    private final long start;
    private final AtomicLong setOut = new AtomicLong();
    private final AtomicLong underWay = new AtomicLong();
    private volatile @Nullable Closing closing;

    Backlog(LoadPlan plan, Pace.Rate rate, long start) {
        this.plan = plan;
        this.rate = rate;
        this.start = start;
    }

    /** Learns of a call that never set out. */
    @FunctionalInterface
    interface Missed {
        /** @param until when it was clear that it would not; by the clock of the calls, as the other */
        void missed(long index, long intended, long until);
    }

    /** When the first call is due. */
    long start() {
        return start;
    }

    /** This call, counted as it sets out and as it ends. */
    Mono<CallResult> counted(Mono<CallResult> call) {
        return Mono.defer(() -> {
            setOut.incrementAndGet();
            underWay.incrementAndGet();
            return call.doOnTerminate(underWay::decrementAndGet);
        });
    }

    /** No call may set out any more. */
    void close(long nanos) {
        closing = new Closing(nanos, underWay.get() < rate.mostAtOnce());
    }

    /** Tells the calls that never set out, in their order. When all others have ended. */
    void tell(Missed missed) {
        Closing closed = closing;
        if (closed == null) {
            return;
        }
        Arrivals arrivals = new Arrivals(plan, rate, start);
        Arrivals.Due due = arrivals.next();
        for (long i = setOut.get(); due != null && i > 0; i--) {
            due = arrivals.next();
        }
        if (due != null && closed.room && closed.nanos - due.intended() < JUST_DUE) {
            return;
        }
        while (due != null && closed.nanos - due.intended() > 0) {
            missed.missed(due.index(), due.intended(), closed.nanos);
            due = arrivals.next();
        }
    }

    private record Closing(long nanos, boolean room) {}
}
