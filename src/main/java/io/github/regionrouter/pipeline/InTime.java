package io.github.regionrouter.pipeline;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Limits in time, each with one timer that is set before anything is asked for: who is late is cancelled and becomes a {@link
 * TimeoutException}. Reactor's own {@code timeout} would do, but it walks through all operators for a name to put into its
 * message, makes a publisher for each piece and serializes signals through a queue, for every call (docs/decisions.md).
 */
public final class InTime {

    private InTime() {}

    /**
     * The whole of it, or nothing.
     *
     * @param tooLate takes what came in the same moment as the end of the time, so that it can be closed
     */
    static <T> Mono<T> mono(Mono<T> source, Duration limit, Scheduler scheduler, Consumer<T> tooLate) {
        return new MonoOperator<>(source) {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                source.subscribe(new Watch<>(actual, limit, scheduler, When.UNTIL_FIRST, () -> false, tooLate));
            }
        };
    }

    /** Each piece of a body, and its end, at most so long after the one before. */
    public static <T> Flux<T> eachPiece(Flux<T> body, Duration limit, Scheduler scheduler) {
        return flux(body, limit, scheduler, When.BETWEEN, () -> false);
    }

    /** @param almostThere whether what is late may end by itself, since its end is on its way */
    static <T> Flux<T> whole(Flux<T> body, Duration limit, Scheduler scheduler, BooleanSupplier almostThere) {
        return flux(body, limit, scheduler, When.UNTIL_END, almostThere);
    }

    private static <T> Flux<T> flux(
            Flux<T> body, Duration limit, Scheduler scheduler, When when, BooleanSupplier almostThere) {
        return new FluxOperator<>(body) {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                source.subscribe(new Watch<>(actual, limit, scheduler, when, almostThere, piece -> {}));
            }
        };
    }

    /** What a limit holds for. */
    private enum When {
        UNTIL_FIRST,
        BETWEEN,
        UNTIL_END
    }

    /**
     * Pieces come from the transport's thread, the end of the time from the scheduler's. Neither waits for the other, and no lock is
     * held while anybody is told: a call cancels upwards while its answer comes down.
     *
     * <p>The state counts: even between two pieces, odd while one is passed on, negative when it is over.
     */
    private static final class Watch<T> implements CoreSubscriber<T>, Subscription {

        private static final int OVER = -1;

        /** The time ended while a piece was passed on: whoever passes it on tells. */
        private static final int LATE = -2;

        private final CoreSubscriber<? super T> actual;
        private final Duration limit;
        private final Scheduler scheduler;
        private final When when;
        private final BooleanSupplier almostThere;
        private final Consumer<T> tooLate;

        private final AtomicInteger state = new AtomicInteger();
        private final Disposable.Swap timer = Disposables.swap();
        private final AtomicBoolean asked = new AtomicBoolean();
        private @Nullable Subscription upstream;

        Watch(
                CoreSubscriber<? super T> actual,
                Duration limit,
                Scheduler scheduler,
                When when,
                BooleanSupplier almostThere,
                Consumer<T> tooLate) {
            this.actual = actual;
            this.limit = limit;
            this.scheduler = scheduler;
            this.when = when;
            this.almostThere = almostThere;
            this.tooLate = tooLate;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            actual.onSubscribe(this);
        }

        @Override
        public void request(long pieces) {
            if (asked.compareAndSet(false, true)) {
                setTimer(0);
            }
            upstream().request(pieces);
        }

        @Override
        public void onNext(T piece) {
            int before = state.get();
            if (before < 0 || !state.compareAndSet(before, before + 1)) {
                tooLate.accept(piece);
                return;
            }
            if (when == When.UNTIL_FIRST) {
                timer.dispose();
            }
            actual.onNext(piece);
            if (state.compareAndSet(before + 1, before + 2)) {
                if (when == When.BETWEEN) {
                    setTimer(before + 2);
                }
            } else if (state.compareAndSet(LATE, OVER)) {
                tellLate();
            }
        }

        @Override
        public void onError(Throwable fault) {
            if (end()) {
                actual.onError(fault);
            }
        }

        @Override
        public void onComplete() {
            if (end()) {
                actual.onComplete();
            }
        }

        @Override
        public void cancel() {
            if (end()) {
                upstream().cancel();
            }
        }

        /** @param waiting the state in which the timer finds a source from which nothing has come since it was set */
        private void setTimer(int waiting) {
            timer.update(scheduler.schedule(() -> rung(waiting), limit.toNanos(), TimeUnit.NANOSECONDS));
        }

        private void rung(int waiting) {
            if (when != When.UNTIL_END) {
                if (state.compareAndSet(waiting, OVER)) {
                    upstream().cancel();
                    tellLate();
                }
                return;
            }
            if (almostThere.getAsBoolean()) {
                return;
            }
            int before = state.getAndUpdate(now -> now < 0 ? now : now % 2 == 0 ? OVER : LATE);
            if (before >= 0) {
                upstream().cancel();
            }
            if (before >= 0 && before % 2 == 0) {
                tellLate();
            }
        }

        private void tellLate() {
            actual.onError(new TimeoutException("not within " + limit.toMillis() + " ms"));
        }

        private boolean end() {
            timer.dispose();
            return state.getAndSet(OVER) != OVER;
        }

        private Subscription upstream() {
            Subscription subscription = upstream;
            if (subscription == null) {
                throw new IllegalStateException("subscription: none (expected: one before any signal)");
            }
            return subscription;
        }
    }
}
