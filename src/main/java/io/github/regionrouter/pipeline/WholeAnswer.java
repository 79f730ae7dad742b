package io.github.regionrouter.pipeline;

import com.azure.core.http.HttpResponse;
import io.github.regionrouter.openai.EndWatch;
import io.github.regionrouter.openai.EventSplitter;
import io.github.regionrouter.openai.Meaning;
import io.github.regionrouter.openai.StreamError;
import io.github.regionrouter.openai.StreamEvent;
import io.github.regionrouter.openai.StreamFamily;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * An answer that is read to its end before the caller gets any of it, as the worker host must. In exchange one that breaks off
 * is a failed attempt that nobody sees (R11).
 */
final class WholeAnswer {

    /** The largest answer; the worker's instance holds it several times over. */
    static final int LONGEST = 64 * 1024 * 1024;

    private static final int SLICE = 64 * 1024;

    private WholeAnswer() {}

    /**
     * The whole body.
     *
     * @param idleLimit the longest silence between two pieces
     * @return fails with {@link TooLargeException} over the bound, and as the body fails
     */
    static Mono<byte[]> read(HttpResponse response, Duration idleLimit, Scheduler scheduler) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        return response.getBody()
                .timeout(idleLimit, scheduler)
                .doOnNext(piece -> append(piece, bytes))
                .then(Mono.fromSupplier(bytes::toByteArray));
    }

    /** What a stream that was read to its end comes to. */
    static LateCommit.Opening judge(byte[] stream, StreamFamily family) {
        EndWatch watch = new EndWatch(family);
        boolean serves = false;
        List<StreamEvent> events = events(stream);
        for (StreamEvent event : events) {
            Meaning meaning = family.meaning(event);
            if (meaning == Meaning.ERROR && !serves) {
                StreamError error = family.error(event);
                return new LateCommit.Opening.ErrorFirst(error == null ? new StreamError(null, null, null) : error);
            }
            serves |= meaning == Meaning.CONTENT;
            watch.see(event);
        }
        return watch.endedProperly()
                ? new LateCommit.Opening.Committed(reactor.core.publisher.Flux.empty())
                : new LateCommit.Opening.Broken();
    }

    static List<StreamEvent> events(byte[] stream) {
        EventSplitter splitter = new EventSplitter(Math.max(stream.length, 1));
        List<StreamEvent> events = new ArrayList<>();
        for (int at = 0; at < stream.length; at += SLICE) {
            events.addAll(splitter.feed(ByteBuffer.wrap(stream, at, Math.min(SLICE, stream.length - at))));
        }
        @Nullable StreamEvent rest = splitter.rest();
        if (rest != null) {
            events.add(rest);
        }
        return events;
    }

    private static void append(ByteBuffer piece, ByteArrayOutputStream bytes) {
        if (bytes.size() + piece.remaining() > LONGEST) {
            throw new TooLargeException();
        }
        byte[] copy = new byte[piece.remaining()];
        piece.get(copy);
        bytes.writeBytes(copy);
    }

    /** The answer is larger than a function can hand over. */
    static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super("answer: over " + LONGEST + " bytes", null, false, false);
        }
    }
}
