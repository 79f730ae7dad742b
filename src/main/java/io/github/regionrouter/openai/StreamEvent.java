package io.github.regionrouter.openai;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One server-sent event: its bytes as they came, and its fields as the standard reads them (WHATWG HTML §9.2). Fields and
 * JSON are read when first asked for, and once. Made by {@link EventSplitter}; what it means, a {@link StreamFamily} says.
 * Not thread-safe.
 */
public final class StreamEvent {

    private enum Part {
        WHOLE,
        /** What was left at the end of a stream. */
        REST,
        /** Not the last piece of an event over the bound. */
        PIECE,
        LAST_PIECE
    }

    private final byte[] raw;
    private final int start;
    private final Part part;

    /** Of a last piece: the name that stood in the first. */
    private final @Nullable String headName;

    private @Nullable EventFields fields;
    private @Nullable EventJson json;

    private StreamEvent(byte[] raw, int start, Part part, @Nullable String headName) {
        this.raw = raw;
        this.start = Math.min(start, raw.length);
        this.part = part;
        this.headName = headName;
    }

    /** @param start how many bytes of a byte order mark stand in front */
    static StreamEvent whole(byte[] raw, int start) {
        return new StreamEvent(raw, start, Part.WHOLE, null);
    }

    static StreamEvent rest(byte[] raw, int start) {
        return new StreamEvent(raw, start, Part.REST, null);
    }

    static StreamEvent piece(byte[] raw, int start) {
        return new StreamEvent(raw, start, Part.PIECE, null);
    }

    static StreamEvent lastPiece(byte[] raw, @Nullable String headName) {
        return new StreamEvent(raw, 0, Part.LAST_PIECE, headName);
    }

    /** The bytes as they came, line ends, comments and all; shared, not to be changed. */
    public byte[] raw() {
        return raw;
    }

    /** The last {@code event:} field; null if there is none or it is empty, and for all pieces but the last. */
    public @Nullable String name() {
        return isPiece() ? headName : fields().name();
    }

    /** The {@code data:} fields, joined by line feeds; empty if there are none, and for pieces. */
    public String data() {
        return isPiece() ? "" : fields().text();
    }

    /** Whether this is {@code data: [DONE]}. */
    public boolean isDone() {
        return !isPiece() && fields().isDone();
    }

    /** False for a piece of an event over the splitter's bound, and for the unfinished end of a stream. */
    public boolean isWhole() {
        return part == Part.WHOLE;
    }

    /** The {@code sequence_number} of a Responses event; -1 if there is none that can be read. */
    public long sequenceNumber() {
        return json().sequenceNumber();
    }

    boolean isRest() {
        return part == Part.REST;
    }

    boolean isPiece() {
        return part == Part.PIECE || part == Part.LAST_PIECE;
    }

    /** Of a first piece: the event's name, as far as it can be seen. */
    @Nullable
    String headName() {
        return fields().name();
    }

    boolean hasData() {
        return !isPiece() && fields().length() > 0;
    }

    /** What the data says; {@link EventJson#OPAQUE} for pieces. */
    EventJson json() {
        if (json == null) {
            json = isPiece() ? EventJson.OPAQUE : EventJson.read(fields().bytes(), fields().from(), fields().length());
        }
        return json;
    }

    private EventFields fields() {
        if (fields == null) {
            fields = EventFields.read(raw, start);
        }
        return fields;
    }

    @Override
    public String toString() {
        return part + " event of " + raw.length + " bytes, name=" + name(); // never its data: that is somebody's prompt
    }

    /** The first characters of the data, for an error that is not JSON. */
    String dataStart(int characters) {
        EventFields all = fields();
        String text =
                new String(all.bytes(), all.from(), Math.min(all.length(), 4 * characters), StandardCharsets.UTF_8);
        return text.length() <= characters ? text : text.substring(0, characters);
    }
}
