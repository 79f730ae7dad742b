package io.github.regionrouter.openai;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The dialects of streams, each of which says what its events mean (R11).
 *
 * <p>The {@code event:} line is believed before the JSON's {@code type}, and where it settles the matter the JSON is not
 * read: {@code response.completed} repeats the whole answer, and a picture is megabytes. Data that is not JSON is passed on
 * as content, since a router must not judge what it cannot read.
 */
public enum StreamFamily {

    /** Chat and legacy completions, also those under {@code /models}: chunks with choices, ended by {@code [DONE]}. */
    CHAT {
        @Override
        Meaning judge(StreamEvent event) {
            if ("error".equals(event.name())) {
                return Meaning.ERROR;
            }
            EventJson json = event.json();
            return !json.opaque() && json.error() == null && json.finished() ? Meaning.END : byContent(json);
        }
    },

    /** The Responses API: typed events with sequence numbers, no {@code [DONE]}. */
    RESPONSES {
        @Override
        boolean ends(StreamEvent event) {
            return switch (type(event)) {
                case "response.completed", "response.incomplete", "response.failed" -> true;
                default -> false;
            };
        }

        @Override
        Meaning judge(StreamEvent event) {
            String type = type(event);
            return switch (type) {
                case "error", "response.failed" -> Meaning.ERROR;
                case "response.completed", "response.incomplete" -> Meaning.END;
                case "response.created", "response.queued", "response.in_progress", "keepalive" -> Meaning.NOTHING_YET;
                default -> {
                    boolean settled = type.endsWith(".done") || type.endsWith(".partial_image");
                    yield settled ? Meaning.CONTENT : byContent(event.json());
                }
            };
        }
    },

    /** Anthropic's messages: typed events, the last of which is {@code message_stop}. */
    ANTHROPIC {
        @Override
        boolean ends(StreamEvent event) {
            return type(event).equals("message_stop");
        }

        @Override
        Meaning judge(StreamEvent event) {
            return switch (type(event)) {
                case "error" -> Meaning.ERROR;
                case "message_stop" -> Meaning.END;
                case "message_start", "message_delta", "content_block_stop", "ping" -> Meaning.NOTHING_YET;
                default -> byContent(event.json());
            };
        }
    },

    /** Any other: every event is content, whatever it says; only {@code [DONE]} is known. */
    OTHER {
        @Override
        Meaning judge(StreamEvent event) {
            return Meaning.CONTENT;
        }
    };

    private static final Pattern RESPONSES_PATH =
            Pattern.compile("/openai/(?:v1/|deployments/[^/]+/)?responses(?:/.*)?");

    /** How much of an error that is not JSON is told, in characters. */
    private static final int SHOWN = 500;

    private static final int SLICE = 64 * 1024;

    /** The family that a path's answers belong to. */
    public static StreamFamily of(String path) {
        if (path.endsWith("/completions")) {
            return CHAT;
        }
        if (RESPONSES_PATH.matcher(path).matches()) {
            return RESPONSES;
        }
        return path.startsWith("/anthropic/") ? ANTHROPIC : OTHER;
    }

    /**
     * What an event means. Pieces of an event over the splitter's bound are content, but for the last piece of one whose name
     * says that it ends the stream. The unfinished end of a stream counts like an event if its data is whole, else it is
     * content that broke off. Never fails.
     */
    public final Meaning meaning(StreamEvent event) {
        if (event.isPiece()) {
            return isLast(event) ? Meaning.END : Meaning.CONTENT;
        }
        if (event.isDone()) {
            return Meaning.END;
        }
        if (isBrokenOff(event)) {
            return event.hasData() || this == OTHER ? Meaning.CONTENT : Meaning.NOTHING_YET;
        }
        return judge(event);
    }

    /**
     * Whether this event is the last of its stream: {@code [DONE]}, {@code response.completed|incomplete|failed},
     * {@code message_stop}. So {@code response.failed} is both {@link Meaning#ERROR}, for a router that has served nothing
     * yet, and the proper end of a stream for one that has.
     */
    public final boolean isLast(StreamEvent event) {
        return event.isDone() || (!isBrokenOff(event) && ends(event));
    }

    /** @return null unless the event is an {@link Meaning#ERROR} */
    public final @Nullable StreamError error(StreamEvent event) {
        if (meaning(event) != Meaning.ERROR) {
            return null;
        }
        EventJson json = event.json();
        if (json.opaque()) {
            return new StreamError(null, event.dataStart(SHOWN), null);
        }
        StreamError told = json.error() == null ? json.failure() : json.error();
        return Objects.requireNonNullElseGet(told, () -> new StreamError(null, null, null));
    }

    /**
     * The event that ends a stream which broke after the caller had some of it: no {@code [DONE]} must follow (R11). If what
     * went out last was not a whole event, an empty line must go before it.
     *
     * @param nextSequenceNumber one more than the last that went out; told by {@link #RESPONSES} alone
     * @return UTF-8, with its empty line
     */
    public final byte[] errorEvent(String code, String message, long nextSequenceNumber) {
        return ErrorEvent.of(this, code, message, nextSequenceNumber);
    }

    /** Whether a whole stream, read to its end, ended as it should; see {@link EndWatch}. */
    public final boolean endedProperly(byte[] stream) {
        EventSplitter splitter = new EventSplitter(Math.max(stream.length, 1));
        EndWatch watch = new EndWatch(this);
        for (int at = 0; at < stream.length; at += SLICE) {
            splitter.feed(ByteBuffer.wrap(stream, at, Math.min(SLICE, stream.length - at)))
                    .forEach(watch::see);
        }
        StreamEvent rest = splitter.rest();
        if (rest != null) {
            watch.see(rest);
        }
        return watch.endedProperly();
    }

    /** What a whole event means that is not {@code [DONE]}. */
    abstract Meaning judge(StreamEvent event);

    /** Whether a whole event that is not {@code [DONE]} is the last one. */
    boolean ends(StreamEvent event) {
        return false;
    }

    /** The end of a stream in the midst of an event. */
    private static boolean isBrokenOff(StreamEvent event) {
        return event.isRest() && (!event.hasData() || event.json().opaque());
    }

    private static String type(StreamEvent event) {
        String name = event.name();
        if (name == null || name.equals("message")) { // the standard's name for events without one
            name = event.json().type();
        }
        return name == null ? "" : name;
    }

    private static Meaning byContent(EventJson json) {
        if (json.error() != null) {
            return Meaning.ERROR;
        }
        return json.opaque() || json.content() ? Meaning.CONTENT : Meaning.NOTHING_YET;
    }
}
