package io.github.regionrouter.pipeline;

import com.azure.core.http.HttpResponse;
import io.github.regionrouter.openai.EndWatch;
import io.github.regionrouter.openai.EventSplitter;
import io.github.regionrouter.openai.Meaning;
import io.github.regionrouter.openai.StreamError;
import io.github.regionrouter.openai.StreamEvent;
import io.github.regionrouter.openai.StreamFamily;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * An answer that is read to its end before the caller gets any of it, as the worker host must. In exchange one that breaks off
 * is a failed attempt that nobody sees (R11).
 */
public final class WholeAnswer {

    /** The largest answer; the worker's instance holds it several times over. */
    public static final int LONGEST = 64 * 1024 * 1024;

    private static final int SLICE = 64 * 1024;

    private WholeAnswer() {}

    /**
     * The whole body.
     *
     * @param idleLimit the longest silence between two pieces
     * @return fails with {@link BoundedBody.TooLargeException} over the bound, and as the body fails
     */
    static Mono<byte[]> read(HttpResponse response, Duration idleLimit, Scheduler scheduler) {
        return BoundedBody.collect(InTime.eachPiece(response.getBody(), idleLimit, scheduler), LONGEST);
    }

    /** What a stream that was read to its end comes to. */
    static Opening judge(byte[] stream, StreamFamily family) {
        EndWatch watch = new EndWatch(family);
        boolean serves = false;
        List<StreamEvent> events = events(stream);
        for (StreamEvent event : events) {
            Meaning meaning = family.meaning(event);
            if (meaning == Meaning.ERROR && !serves) {
                StreamError error = family.error(event);
                return new Opening.ErrorFirst(error == null ? new StreamError(null, null, null) : error);
            }
            serves |= meaning == Meaning.CONTENT;
            watch.see(event);
        }
        return watch.endedProperly() ? new Opening.Committed(Flux.empty()) : new Opening.Broken();
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
}
