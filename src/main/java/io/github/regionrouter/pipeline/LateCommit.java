package io.github.regionrouter.pipeline;

import io.github.regionrouter.openai.EndWatch;
import io.github.regionrouter.openai.EventSplitter;
import io.github.regionrouter.openai.Meaning;
import io.github.regionrouter.openai.StreamError;
import io.github.regionrouter.openai.StreamEvent;
import io.github.regionrouter.openai.StreamFamily;
import io.github.regionrouter.region.Ticker;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
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

    static final int MOST_EVENTS = 64;
    static final int MOST_BYTES = 256 * 1024;
    static final Duration LONGEST_HOLD = Duration.ofSeconds(2);

    private final MonoSink<Opening> opening;
    private final StreamFamily family;
    private final Scheduler scheduler;
    private final Ticker ticker;
    private final Duration idleLimit;
    private final Consumer<StreamEvent> witness;

    private final EventSplitter splitter = new EventSplitter(MOST_BYTES);
    private final EndWatch watch;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(1024);
    private final Sinks.Many<ByteBuffer> out = Sinks.unsafe().many().unicast().onBackpressureBuffer();
    private final Disposable.Composite timers = Disposables.composite();

    private @Nullable Subscription upstream;
    private int heldEvents;
    private long bytes;
    private boolean committed;
    private boolean over;
    private boolean errorTold;
    private long nextSequenceNumber;
    private boolean waiting;
    private long askedAt;

    private LateCommit(
            MonoSink<Opening> opening,
            StreamFamily family,
            Scheduler scheduler,
            Ticker ticker,
            Duration idleLimit,
            Consumer<StreamEvent> witness) {
        this.opening = opening;
        this.family = family;
        this.scheduler = scheduler;
        this.ticker = ticker;
        this.idleLimit = idleLimit;
        this.witness = witness;
        this.watch = new EndWatch(family);
    }

    /** What a stream turns out to be. */
    sealed interface Opening {

        /** It serves; {@code body} is all of it. */
        record Committed(Flux<ByteBuffer> body) implements Opening {}

        /** It began with an error. */
        record ErrorFirst(StreamError error) implements Opening {}

        /** It ended without content and without a proper end. */
        record Broken() implements Opening {}
    }

    /**
     * Reads a stream until it can be told whether it serves.
     *
     * @param ticker measures silence; a wall clock may be set
     * @param idleLimit the longest silence between two pieces
     * @param witness sees every event that passes
     * @return fails as the stream fails before the commit
     */
    static Mono<Opening> open(
            Flux<ByteBuffer> stream,
            StreamFamily family,
            Scheduler scheduler,
            Ticker ticker,
            Duration idleLimit,
            Consumer<StreamEvent> witness) {
        return Mono.create(sink -> {
            LateCommit commit = new LateCommit(sink, family, scheduler, ticker, idleLimit, witness);
            sink.onCancel(commit::giveUp);
            stream.subscribe(commit);
        });
    }

    @Override
    public synchronized void onSubscribe(Subscription subscription) {
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
        bytes += piece.remaining();
        ByteArrayOutputStream passing = committed ? new ByteArrayOutputStream(piece.remaining()) : held;
        boolean serves = committed;
        for (StreamEvent event : splitter.feed(piece)) {
            Meaning meaning = family.meaning(event);
            if (meaning == Meaning.ERROR && !serves) {
                refuse(event);
                return;
            }
            serves |= meaning == Meaning.CONTENT || meaning == Meaning.END;
            let(event, meaning, passing);
        }
        if (committed) {
            emit(passing);
        } else if (serves || heldEvents >= MOST_EVENTS || bytes >= MOST_BYTES) {
            commit();
        } else {
            ask();
        }
    }

    @Override
    public synchronized void onError(Throwable fault) {
        if (over) {
            return;
        }
        if (!committed) {
            end();
            opening.error(fault);
        } else if (family == StreamFamily.OTHER) {
            end();
            out.tryEmitError(fault);
        } else {
            breakOff();
        }
    }

    @Override
    public synchronized void onComplete() {
        if (over) {
            return;
        }
        StreamEvent rest = splitter.rest();
        Meaning meaning = rest == null ? Meaning.NOTHING_YET : family.meaning(rest);
        if (rest != null && meaning == Meaning.ERROR && !committed) {
            refuse(rest);
            return;
        }
        ByteArrayOutputStream passing = committed ? new ByteArrayOutputStream() : held;
        if (rest != null) {
            let(rest, meaning, passing);
        }
        boolean whole = watch.endedProperly() || family == StreamFamily.OTHER;
        if (!committed && (!whole || heldEvents == 0)) {
            end();
            opening.success(new Opening.Broken());
            return;
        }
        if (!whole && !errorTold) {
            breakOff();
            return;
        }
        if (committed) {
            emit(passing);
        } else {
            commit();
        }
        end();
        out.tryEmitComplete();
    }

    /** An event on its way to the caller. */
    private void let(StreamEvent event, Meaning meaning, ByteArrayOutputStream passing) {
        watch.see(event);
        witness.accept(event);
        errorTold |= meaning == Meaning.ERROR;
        if (family == StreamFamily.RESPONSES) {
            nextSequenceNumber = Math.max(nextSequenceNumber, event.sequenceNumber() + 1);
        }
        if (heldEvents++ == 0) {
            timers.add(scheduler.schedule(this::holdNoLonger, LONGEST_HOLD.toMillis(), TimeUnit.MILLISECONDS));
        }
        passing.writeBytes(event.raw());
    }

    private void refuse(StreamEvent event) {
        StreamError error = family.error(event);
        giveUp();
        opening.success(new Opening.ErrorFirst(error == null ? new StreamError(null, null, null) : error));
    }

    private synchronized void holdNoLonger() {
        if (!committed && !over) {
            commit();
        }
    }

    private void commit() {
        committed = true;
        emit(held);
        opening.success(
                new Opening.Committed(out.asFlux().doOnNext(taken -> askNext()).doOnCancel(this::giveUp)));
    }

    private void emit(ByteArrayOutputStream passing) {
        if (passing.size() > 0) {
            out.tryEmitNext(ByteBuffer.wrap(passing.toByteArray()));
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
        if (family == StreamFamily.OTHER) {
            out.tryEmitError(new TimeoutException("stream: broke off"));
            return;
        }
        if (!errorTold) {
            out.tryEmitNext(ByteBuffer.wrap(family.errorEvent(
                    "upstream_stream_interrupted",
                    "The region broke off its answer. Send the request again.",
                    nextSequenceNumber)));
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
