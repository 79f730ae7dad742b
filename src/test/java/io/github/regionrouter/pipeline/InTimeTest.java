package io.github.regionrouter.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.testing.HandClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
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
