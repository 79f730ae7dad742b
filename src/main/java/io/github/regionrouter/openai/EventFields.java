package io.github.regionrouter.openai;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one event (WHATWG HTML §9.2.6). One line of data, which is the rule, is left where it stands in the event;
 * only several lines are copied, to join them.
 *
 * @param name of the event, or null
 * @param bytes where the data stands
 * @param from offset of its first byte
 * @param length in bytes
 */
record EventFields(@Nullable String name, byte[] bytes, int from, int length) {

    private static final byte[] EVENT = "event".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    /** Reads an event from {@code start} on. Comments, {@code id}, {@code retry} and unknown fields say nothing here. */
    static EventFields read(byte[] raw, int start) {
        String name = null;
        int from = start;
        int length = -1;
        ByteArrayOutputStream joined = null;
        int end;
        // The LF of a CRLF reads as one more empty line, which says nothing.
        for (int line = start; line < raw.length; line = end + 1) {
            end = lineEnd(raw, line);
            if (isField(EVENT, raw, line, end)) {
                int value = value(EVENT, raw, line, end);
                name = value == end ? null : new String(raw, value, end - value, StandardCharsets.UTF_8);
            } else if (isField(DATA, raw, line, end)) {
                int value = value(DATA, raw, line, end);
                if (length < 0) {
                    from = value;
                    length = end - value;
                    continue;
                }
                if (joined == null) {
                    joined = new ByteArrayOutputStream(raw.length);
                    joined.write(raw, from, length);
                }
                joined.write('\n');
                joined.write(raw, value, end - value);
            }
        }
        return joined == null
                ? new EventFields(name, raw, from, Math.max(length, 0))
                : new EventFields(name, joined.toByteArray(), 0, joined.size());
    }

    String text() {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    /** Whether the data is {@code [DONE]}, give or take white space. */
    boolean isDone() {
        int begin = from;
        int end = from + length;
        while (begin < end && bytes[begin] <= ' ' && bytes[begin] >= 0) {
            begin++;
        }
        while (end > begin && bytes[end - 1] <= ' ' && bytes[end - 1] >= 0) {
            end--;
        }
        return end - begin == DONE.length && startsWith(DONE, bytes, begin);
    }

    private static int lineEnd(byte[] raw, int line) {
        int end = line;
        while (end < raw.length && raw[end] != '\n' && raw[end] != '\r') {
            end++;
        }
        return end;
    }

    private static boolean isField(byte[] field, byte[] raw, int line, int end) {
        int colon = line + field.length;
        return colon <= end && startsWith(field, raw, line) && (colon == end || raw[colon] == ':');
    }

    /** Behind the colon and one space; a line without a colon has an empty value. */
    private static int value(byte[] field, byte[] raw, int line, int end) {
        int value = Math.min(line + field.length + 1, end);
        return value < end && raw[value] == ' ' ? value + 1 : value;
    }

    private static boolean startsWith(byte[] text, byte[] raw, int at) {
        for (int i = 0; i < text.length; i++) {
            if (raw[at + i] != text[i]) {
                return false;
            }
        }
        return true;
    }
}
