package io.github.regionrouter.pipeline;

import io.github.regionrouter.openai.EndWatch;
import io.github.regionrouter.openai.EventSplitter;
import io.github.regionrouter.openai.Meaning;
import io.github.regionrouter.openai.StreamError;
import io.github.regionrouter.openai.StreamEvent;
import io.github.regionrouter.openai.StreamFamily;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a stream as far as it was read (R11): whether it may be shown to the caller, what of it is to be shown, and
 * whether it ended as its family ends. Knows nothing of time or threads.
 */
final class StreamReading {

    static final int MOST_EVENTS = 64;
    static final int MOST_BYTES = 256 * 1024;

    private static final byte[] EMPTY_LINE = {'\n', '\n'};

    private final StreamFamily family;
    private final Consumer<StreamEvent> witness;
    private final EventSplitter splitter = new EventSplitter(MOST_BYTES);
    private final EndWatch watch;
    private final ByteArrayOutputStream passing = new ByteArrayOutputStream(1024);

    private long bytes;
    private int events;
    private boolean shown;
    private boolean errorTold;
    private boolean readWhole = true;
    private boolean takenWhole = true;
    private long nextSequenceNumber;

    /** @param witness sees every event that is to be shown */
    StreamReading(StreamFamily family, Consumer<StreamEvent> witness) {
        this.family = family;
        this.witness = witness;
        this.watch = new EndWatch(family);
    }

    /** @return the error that the stream began with, or null if it did not */
    @Nullable
    StreamError feed(ByteBuffer piece) {
        bytes += piece.remaining();
        for (StreamEvent event : splitter.feed(piece)) {
            StreamError error = read(event);
            if (error != null) {
                return error;
            }
        }
        shown |= events >= MOST_EVENTS || bytes >= MOST_BYTES;
        return null;
    }

    /** No more comes: what stands behind the last whole event counts too. */
    @Nullable
    StreamError finish() {
        StreamEvent rest = splitter.rest();
        return rest == null ? null : read(rest);
    }

    private @Nullable StreamError read(StreamEvent event) {
        Meaning meaning = family.meaning(event);
        if (meaning == Meaning.ERROR && !shown) {
            StreamError error = family.error(event);
            return error == null ? new StreamError(null, null, null) : error;
        }
        shown |= meaning == Meaning.CONTENT || meaning == Meaning.END;
        errorTold |= meaning == Meaning.ERROR;
        watch.see(event);
        witness.accept(event);
        if (family == StreamFamily.RESPONSES) {
            nextSequenceNumber = Math.max(nextSequenceNumber, event.sequenceNumber() + 1);
        }
        events++;
        readWhole = event.isWhole();
        passing.writeBytes(event.raw());
        return null;
    }

    /** Whether the caller may see it: there was content, or too much to hold it any longer. */
    boolean isToBeShown() {
        return shown;
    }

    /** The caller is shown it, whatever it is. */
    void show() {
        shown = true;
    }

    /** Whether a whole event was read. */
    boolean hasBegun() {
        return events > 0;
    }

    /** Whether it ended as it should, as far as that can be told. */
    boolean isWhole() {
        return watch.endedProperly() || family == StreamFamily.OTHER;
    }

    /** Whether its end can be told from a break, and an error be told in its own shape. */
    boolean hasShape() {
        return family != StreamFamily.OTHER;
    }

    /** Whether the caller was told of an error by the region itself. */
    boolean toldError() {
        return errorTold;
    }

    /** What is to be shown since the last time, in whole events; empty if nothing. */
    byte[] take() {
        takenWhole = readWhole;
        byte[] taken = passing.toByteArray();
        passing.reset();
        return taken;
    }

    /** What tells a caller that the region broke off; half an event that went out before is ended first. */
    byte[] interruption() {
        ByteArrayOutputStream end = new ByteArrayOutputStream();
        if (!takenWhole) {
            end.writeBytes(take());
            end.writeBytes(EMPTY_LINE);
        }
        end.writeBytes(errorEvent());
        return end.toByteArray();
    }

    private byte[] errorEvent() {
        return family.errorEvent(
                "upstream_stream_interrupted",
                "The region broke off its answer. Send the request again.",
                nextSequenceNumber);
    }
}
