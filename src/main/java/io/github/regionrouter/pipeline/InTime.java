package io.github.regionrouter.pipeline;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
 * message, makes a publisher for each piece and serializes signals through a queue; here that was a tenth of a call's cost.
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

    /** Pieces come from the transport's thread, the end of the time from the scheduler's: whoever is first holds the lock. */
    private static final class Watch<T> implements CoreSubscriber<T>, Subscription {

        private final CoreSubscriber<? super T> actual;
        private final Duration limit;
        private final Scheduler scheduler;
        private final When when;
        private final BooleanSupplier almostThere;
        private final Consumer<T> tooLate;

        private Disposable timer = Disposables.disposed();
        private @Nullable Subscription upstream;
        private int round;
        private boolean over;

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
            setTimer();
            actual.onSubscribe(this);
        }

        @Override
        public synchronized void onNext(T piece) {
            if (over) {
                tooLate.accept(piece);
                return;
            }
            if (when == When.UNTIL_FIRST) {
                stopTimer();
            } else if (when == When.BETWEEN) {
                setTimer();
            }
            actual.onNext(piece);
        }

        @Override
        public synchronized void onError(Throwable fault) {
            if (end()) {
                actual.onError(fault);
            }
        }

        @Override
        public synchronized void onComplete() {
            if (end()) {
                actual.onComplete();
            }
        }

        @Override
        public void request(long pieces) {
            asked().request(pieces);
        }

        @Override
        public synchronized void cancel() {
            if (end()) {
                asked().cancel();
            }
        }

        /** A timer that rang while a piece came has no say any more: another round has begun. */
        private synchronized void late(int itsRound) {
            if (itsRound == round && !over && !almostThere.getAsBoolean()) {
                over = true;
                asked().cancel();
                actual.onError(new TimeoutException("not within " + limit.toMillis() + " ms"));
            }
        }

        private synchronized void setTimer() {
            stopTimer();
            int itsRound = round;
            timer = scheduler.schedule(() -> late(itsRound), limit.toNanos(), TimeUnit.NANOSECONDS);
        }

        private void stopTimer() {
            round++;
            timer.dispose();
        }

        private boolean end() {
            boolean first = !over;
            over = true;
            stopTimer();
            return first;
        }

        private Subscription asked() {
            Subscription subscription = upstream;
            if (subscription == null) {
                throw new IllegalStateException("subscription: none (expected: one before any signal)");
            }
            return subscription;
        }
    }
}
