package io.github.regionrouter.openai;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of server-sent events into whole events, each as the very bytes that came (R11, R13): all events' bytes
 * and the {@link #rest} in a row are the stream. How the stream was cut into buffers on its way makes no difference.
 *
 * <p>Each byte is looked at once, by a small state machine that remembers where in a line it stands, so a line of many
 * megabytes in a thousand buffers costs no more than its length. A line ends at LF, CRLF or CR; an event ends behind the
 * next empty line. The one doubtful byte is the CR of an empty line, since an LF may follow in the next buffer: the event
 * waits for one more byte, unless the line before ended in a CR alone, for then the stream knows no CRLF and waiting would
 * hold every event back until the next. (Should an LF follow all the same, it goes in front of the next event.)
 *
 * <p>An event of more than {@code maxEventBytes} bytes, such as an image, is given back in pieces of that size as it comes
 * ({@link StreamEvent#isWhole} is false), so memory is bounded and the stream need not break. Not thread-safe.
 */
public final class EventSplitter {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final int maxEventBytes;

    private byte[] buffer = new byte[1024];
    private int length;
    private int scanned;
    private int start;

    private long seen;
    private int markBytes;
    private boolean first = true;

    /** Nothing in this line yet. */
    private boolean lineEmpty = true;

    /** The byte before was the CR that ended a line; an LF now belongs to it. */
    private boolean afterCr;

    /** The byte before was the CR of an empty line, and the event waits for an LF. */
    private boolean emptyLineCr;

    /** The first piece of an event that is being given back in pieces. */
    private @Nullable StreamEvent head;

    /**
     * @param maxEventBytes bytes, at least 1, with the line ends; a larger event comes in pieces
     */
    public EventSplitter(int maxEventBytes) {
        if (maxEventBytes < 1) {
            throw new IllegalArgumentException("maxEventBytes: " + maxEventBytes + " (expected: at least 1)");
        }
        this.maxEventBytes = maxEventBytes;
    }

    /**
     * Takes what has come, up to the buffer's limit; the buffer may be used again afterwards.
     *
     * @return the events that have become whole, in order; also those of comments and of mere empty lines
     */
    public List<StreamEvent> feed(ByteBuffer bytes) {
        append(bytes);
        List<StreamEvent> events = new ArrayList<>();
        while (scanned < length) {
            step(buffer[scanned], events);
        }
        dropEvents();
        return events;
    }

    /**
     * What came behind the last whole event. At the end of a stream it may well be an event that lacks its empty line, such
     * as {@code data: [DONE]}; {@link StreamFamily#meaning} takes it as one if its data is whole.
     *
     * @return null if nothing is left
     */
    public @Nullable StreamEvent rest() {
        if (length == 0) {
            return null;
        }
        byte[] raw = Arrays.copyOf(buffer, length);
        return head == null ? StreamEvent.rest(raw, markAtStart()) : StreamEvent.piece(raw, 0);
    }

    private void step(byte b, List<StreamEvent> events) {
        if (emptyLineCr && b != '\n') {
            emptyLineCr = false;
            afterCr = true;
            endEvent(events);
        }
        if (scanned - start == maxEventBytes) {
            endPiece(events);
        }
        scanned++;
        seen++;
        if (emptyLineCr) {
            emptyLineCr = false;
            endEvent(events);
        } else if (b == '\n') {
            lineFeed(events);
        } else if (b == '\r') {
            carriageReturn(events);
        } else {
            lineEmpty = completesMark(b);
            afterCr = false;
        }
    }

    private void lineFeed(List<StreamEvent> events) {
        if (afterCr) {
            afterCr = false;
        } else if (lineEmpty) {
            endEvent(events);
        } else {
            lineEmpty = true;
        }
    }

    private void carriageReturn(List<StreamEvent> events) {
        if (!lineEmpty) {
            lineEmpty = true;
            afterCr = true;
        } else if (afterCr) {
            endEvent(events);
        } else {
            emptyLineCr = true;
        }
    }

    private void endEvent(List<StreamEvent> events) {
        byte[] raw = cut();
        events.add(head == null ? StreamEvent.whole(raw, markAtStart()) : StreamEvent.lastPiece(raw, head.headName()));
        head = null;
        first = false;
    }

    private void endPiece(List<StreamEvent> events) {
        StreamEvent piece = StreamEvent.piece(cut(), head == null ? markAtStart() : 0);
        if (head == null) {
            head = piece;
        }
        events.add(piece);
    }

    private byte[] cut() {
        byte[] raw = Arrays.copyOfRange(buffer, start, scanned);
        start = scanned;
        return raw;
    }

    /** A byte order mark is allowed at the start of a stream and is no part of its first line. */
    private boolean completesMark(byte b) {
        if (seen == markBytes + 1 && markBytes < BYTE_ORDER_MARK.length && b == BYTE_ORDER_MARK[markBytes]) {
            markBytes++;
            return markBytes == BYTE_ORDER_MARK.length;
        }
        return false;
    }

    private int markAtStart() {
        return first && markBytes == BYTE_ORDER_MARK.length ? BYTE_ORDER_MARK.length : 0;
    }

    private void append(ByteBuffer bytes) {
        int needed = Math.addExact(length, bytes.remaining());
        if (needed > buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(Math.max(needed, 2L * buffer.length), Integer.MAX_VALUE - 8));
        }
        bytes.get(buffer, length, needed - length);
        length = needed;
    }

    /** Keeps the unfinished event alone. What moves came with this very buffer, so no byte moves twice. */
    private void dropEvents() {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, length - start);
            length -= start;
            scanned = length;
            start = 0;
        }
    }
}
