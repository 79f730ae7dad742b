package io.github.regionrouter.pipeline;

import io.github.regionrouter.openai.StreamError;
import io.github.regionrouter.region.Ticker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * R11: a stream is committed late. Whole events are held until one has content, and only then does the caller see any of
 * them, so an error that comes before is a failed attempt that nobody sees. Held are at most 64 events, 256 KiB, and 2 s after
 * the first event.
 *
 * <p>After the commit whole events pass as they come, at the caller's pace: one more piece is asked of the region for each that
 * the caller takes. If the region then breaks off or falls silent, an error event in the family's shape ends the stream, and
 * no {@code [DONE]}: clients take a clean end without it for success.
 *
 * <p>Pieces come from the transport's thread, time-outs from the scheduler's: whoever is first holds the lock.
 */
final class LateCommit implements CoreSubscriber<ByteBuffer> {

    static final Duration LONGEST_HOLD = Duration.ofSeconds(2);

    private final MonoSink<Opening> opening;
    private final StreamReading reading;
    private final Scheduler scheduler;
    private final Ticker ticker;
    private final Duration idleLimit;
    private final Sinks.Many<ByteBuffer> out = Sinks.unsafe().many().unicast().onBackpressureBuffer();
    private final Disposable.Composite timers = Disposables.composite();

    private @Nullable Subscription upstream;
    private boolean held;
    private boolean committed;
    private boolean over;
    private boolean waiting;
    private long askedAt;

    private LateCommit(
            MonoSink<Opening> opening, StreamReading reading, Scheduler scheduler, Ticker ticker, Duration idleLimit) {
        this.opening = opening;
        this.reading = reading;
        this.scheduler = scheduler;
        this.ticker = ticker;
        this.idleLimit = idleLimit;
    }

    /**
     * Reads a stream until it can be told whether it serves.
     *
     * @param ticker measures silence; a wall clock may be set
     * @param idleLimit the longest silence between two pieces
     * @return fails as the stream fails before the commit
     */
    static Mono<Opening> open(
            Flux<ByteBuffer> stream, StreamReading reading, Scheduler scheduler, Ticker ticker, Duration idleLimit) {
        return Mono.create(sink -> {
            LateCommit commit = new LateCommit(sink, reading, scheduler, ticker, idleLimit);
            sink.onCancel(commit::giveUp);
            stream.subscribe(commit);
        });
    }

    @Override
    public synchronized void onSubscribe(Subscription subscription) {
        if (over) { // the caller hung up before
            subscription.cancel();
            return;
        }
        upstream = subscription;
        ask();
        watchSilence(idleLimit.toMillis());
    }

    @Override
    public synchronized void onNext(ByteBuffer piece) {
        waiting = false;
        if (over) {
            return;
        }
        StreamError first = reading.feed(piece);
        if (first != null) {
            refuse(first);
        } else if (committed) {
            emit();
        } else if (reading.isToBeShown()) {
            commit();
        } else {
            hold();
            ask();
        }
    }

    @Override
    public synchronized void onError(Throwable fault) {
        if (over) {
            return;
        }
        if (committed && reading.hasShape()) {
            breakOff();
            return;
        }
        end();
        if (committed) {
            out.tryEmitError(fault);
        } else {
            opening.error(fault);
        }
    }

    @Override
    public synchronized void onComplete() {
        if (over) {
            return;
        }
        StreamError first = reading.finish();
        if (first != null) {
            refuse(first);
        } else if (!committed && !(reading.isWhole() && reading.hasBegun())) {
            end();
            opening.success(new Opening.Broken());
        } else if (!reading.isWhole() && !reading.toldError()) {
            breakOff();
        } else {
            if (committed) {
                emit();
            } else {
                commit();
            }
            end();
            out.tryEmitComplete();
        }
    }

    /** From the first whole event on the caller waits at most so long for what the router already has. */
    private void hold() {
        if (!held && reading.hasBegun()) {
            held = true;
            timers.add(scheduler.schedule(this::holdNoLonger, LONGEST_HOLD.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    private synchronized void holdNoLonger() {
        if (!committed && !over) {
            commit();
        }
    }

    private void refuse(StreamError error) {
        giveUp();
        opening.success(new Opening.ErrorFirst(error));
    }

    private void commit() {
        committed = true;
        reading.show();
        emit();
        opening.success(
                new Opening.Committed(out.asFlux().doOnNext(taken -> askNext()).doOnCancel(this::giveUp)));
    }

    private void emit() {
        byte[] passing = reading.take();
        if (passing.length > 0) {
            out.tryEmitNext(ByteBuffer.wrap(passing));
        } else {
            ask();
        }
    }

    private synchronized void askNext() {
        if (!over) {
            ask();
        }
    }

    private void ask() {
        Subscription region = upstream;
        if (region != null && !waiting) {
            waiting = true;
            askedAt = ticker.nanos();
            region.request(1);
        }
    }

    /** Looks again when the limit could be over; time in which the caller takes nothing is not the region's silence. */
    private void watchSilence(long millis) {
        timers.add(scheduler.schedule(this::checkSilence, Math.max(millis, 1), TimeUnit.MILLISECONDS));
    }

    private synchronized void checkSilence() {
        if (over) {
            return;
        }
        long silent = waiting ? TimeUnit.NANOSECONDS.toMillis(ticker.nanos() - askedAt) : 0;
        if (silent < idleLimit.toMillis()) {
            watchSilence(idleLimit.toMillis() - silent);
            return;
        }
        cancelUpstream();
        if (committed) {
            breakOff();
        } else {
            end();
            opening.error(new TimeoutException("stream: silent for " + silent + " ms"));
        }
    }

    /** After the commit: never retry, never splice; tell the caller that this is not the end of the answer. */
    private void breakOff() {
        end();
        if (!reading.hasShape()) {
            out.tryEmitError(new TimeoutException("stream: broke off"));
            return;
        }
        if (!reading.toldError()) {
            out.tryEmitNext(ByteBuffer.wrap(reading.interruption()));
        }
        out.tryEmitComplete();
    }

    private synchronized void giveUp() {
        end();
        cancelUpstream();
    }

    private void end() {
        over = true;
        timers.dispose();
    }

    private void cancelUpstream() {
        Subscription region = upstream;
        if (region != null) {
            region.cancel();
        }
    }
}
