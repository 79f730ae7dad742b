package io.github.regionrouter.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.testing.HandClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Limits in time: set before anything is asked for, taken back when they are met. */
final class InTimeTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration ALMOST = LIMIT.minusMillis(1);

    private final HandClock clock = new HandClock();
    private final Source source = new Source();
    private final List<String> told = new ArrayList<>();

    @Test
    void theTimerIsSetBeforeTheSourceIsAskedForAnything() {
        AtomicBoolean asked = new AtomicBoolean();
        Mono<String> slow = Mono.<String>never().doOnRequest(amount -> {
            asked.set(true);
            clock.advance(LIMIT); // as if the source had taken all of the time until here
        });

        listen(InTime.mono(slow, LIMIT, clock, late -> {}));

        assertThat(asked).isTrue();
        assertThat(told).containsExactly("TimeoutException: not within 30000 ms");
    }

    @Test
    void whoIsInTimePassesAndTheTimerIsTakenBack() throws Exception {
        listen(InTime.mono(Mono.from(source), LIMIT, clock, late -> {}));
        clock.advance(ALMOST);
        source.next("answer");
        clock.advance(LIMIT);
        source.complete();

        assertThat(told).containsExactly("answer", "end");
        clock.awaitNoTimer(Duration.ZERO, LIMIT);
    }

    @Test
    void whoIsLateIsCancelled() {
        listen(InTime.mono(Mono.from(source), LIMIT, clock, late -> {}));
        clock.advance(LIMIT);

        assertThat(told).containsExactly("TimeoutException: not within 30000 ms");
        assertThat(source.cancelled).isTrue();
    }

    @Test
    void whatComesAllTheSameIsHandedOverToBeClosed() {
        listen(InTime.mono(Mono.from(source), LIMIT, clock, late -> told.add("closed " + late)));
        clock.advance(LIMIT);
        source.next("answer");

        assertThat(told).containsExactly("TimeoutException: not within 30000 ms", "closed answer");
    }

    @Test
    void eachPieceHasTheWholeLimit() {
        listen(InTime.eachPiece(Flux.from(source), LIMIT, clock));
        clock.advance(ALMOST);
        source.next("one");
        clock.advance(ALMOST);
        source.next("two");
        clock.advance(LIMIT);
        source.next("three");

        assertThat(told).containsExactly("one", "two", "TimeoutException: not within 30000 ms");
        assertThat(source.cancelled).isTrue();
    }

    @Test
    void aWholeBodyHasItOnce() {
        listen(InTime.whole(Flux.from(source), LIMIT, clock, () -> false));
        clock.advance(ALMOST);
        source.next("one");
        clock.advance(Duration.ofMillis(1));

        assertThat(told).containsExactly("one", "TimeoutException: not within 30000 ms");
    }

    @Test
    void aBodyWhoseEndIsOnItsWayIsLeftAlone() {
        listen(InTime.whole(Flux.from(source), LIMIT, clock, () -> true));
        source.next("all");
        clock.advance(LIMIT);
        source.complete();

        assertThat(told).containsExactly("all", "end");
    }

    @Test
    void anErrorIsPassedOnAndTheTimerTakenBack() throws Exception {
        listen(InTime.whole(Flux.from(source), LIMIT, clock, () -> false));
        source.fail(new IllegalStateException("broken"));

        assertThat(told).containsExactly("IllegalStateException: broken");
        clock.awaitNoTimer(Duration.ZERO, LIMIT);
    }

    @Test
    void whoCancelsTakesTheTimerBack() throws Exception {
        listen(InTime.eachPiece(Flux.from(source), LIMIT, clock)).dispose();

        assertThat(source.cancelled).isTrue();
        clock.awaitNoTimer(Duration.ZERO, LIMIT);
    }

    /** A hang-up cancels upwards, through the limit, while an answer is on its way down through it. */
    @Test
    void nobodyWaitsForSomebodyElseWhileAnAnswerIsPassedOn() throws Exception {
        CountDownLatch passing = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Disposable call = Flux.from(InTime.eachPiece(Flux.from(source), LIMIT, clock))
                .doOnNext(piece -> {
                    passing.countDown();
                    awaitQuietly(cancelled);
                })
                .subscribe(told::add);

        Thread transport = new Thread(() -> source.next("piece"), "transport");
        transport.start();
        assertThat(passing.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture.runAsync(call::dispose).get(5, TimeUnit.SECONDS); // while the piece is being passed on
        cancelled.countDown();
        transport.join(10_000);

        assertThat(source.cancelled).isTrue();
        clock.awaitNoTimer(Duration.ZERO, LIMIT);
    }

    @Test
    void anEndOfTimeWhileAPieceIsPassedOnIsToldAfterIt() {
        Flux<String> slowlyTaken =
                InTime.whole(Flux.from(source), LIMIT, clock, () -> false).doOnNext(piece -> clock.advance(LIMIT));
        listen(slowlyTaken);
        source.next("piece");
        source.next("another");

        assertThat(told).containsExactly("piece", "TimeoutException: not within 30000 ms");
        assertThat(source.cancelled).isTrue();
    }

    /** Whatever the order in which three threads come, exactly one end is told, and nothing after it. */
    @RepeatedTest(200)
    void oneEndIsToldHoweverTheThreadsRace() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        InTime.eachPiece(Flux.from(source), LIMIT, clock)
                .subscribe(seen::add, fault -> seen.add("late"), () -> seen.add("end"));
        CompletableFuture<Void> transport = CompletableFuture.runAsync(() -> {
            source.next("one");
            source.next("two");
            source.complete();
        });
        CompletableFuture<Void> time = CompletableFuture.runAsync(() -> clock.advance(LIMIT));
        CompletableFuture.allOf(transport, time).get(10, TimeUnit.SECONDS);

        assertThat(seen).last().isIn("late", "end");
        assertThat(seen)
                .filteredOn(told -> told.equals("late") || told.equals("end"))
                .hasSize(1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private Disposable listen(Publisher<String> publisher) {
        return Flux.from(publisher)
                .subscribe(
                        told::add,
                        fault -> told.add(fault.getClass().getSimpleName() + ": " + fault.getMessage()),
                        () -> told.add("end"));
    }

    /** Says what it is told to, even when it was cancelled: as a transport does whose answer is already under way. */
    private static final class Source implements Publisher<String>, Subscription {

        private Subscriber<? super String> subscriber;
        private boolean cancelled;

        @Override
        public void subscribe(Subscriber<? super String> asking) {
            subscriber = asking;
            asking.onSubscribe(this);
        }

        @Override
        public void request(long pieces) {}

        @Override
        public void cancel() {
            cancelled = true;
        }

        void next(String piece) {
            subscriber.onNext(piece);
        }

        void complete() {
            subscriber.onComplete();
        }

        void fail(Throwable fault) {
            subscriber.onError(fault);
        }
    }
}
