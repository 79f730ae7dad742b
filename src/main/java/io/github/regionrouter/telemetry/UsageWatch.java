package io.github.regionrouter.telemetry;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds what an answer says of its tokens, in JSON as in events, without holding the answer: {@code usage} stands near its end
 * in every family, so its last 16 KiB are enough. Nothing else of the answer is looked at. Not thread-safe.
 */
public final class UsageWatch {

    private static final int TAIL = 16 * 1024;
    private static final String NAME = "\"usage\"";

    private byte[] tail = {};
    private int end;
    private boolean full;

    /** A piece of the answer passes; the buffer's position is left as it is. */
    public void see(ByteBuffer piece) {
        int skipped = Math.max(0, piece.remaining() - TAIL);
        ByteBuffer rest = piece.duplicate();
        rest.position(rest.position() + skipped);
        if (!full && end + rest.remaining() > tail.length) {
            tail = Arrays.copyOf(tail, Math.min(TAIL, Math.max(end + rest.remaining(), 2 * tail.length)));
        }
        while (rest.hasRemaining()) {
            int part = Math.min(rest.remaining(), TAIL - end);
            rest.get(tail, end, part);
            end += part;
            if (end == TAIL) {
                end = 0;
                full = true;
            }
        }
    }

    /** What the answer said so far; the last word counts, and what an earlier one said beside it. */
    public Usage usage() {
        String text = text();
        Usage usage = Usage.UNKNOWN;
        for (int at = text.indexOf(NAME); at >= 0; at = text.indexOf(NAME, at + 1)) {
            int value = text.indexOf('{', at + NAME.length());
            boolean member = at == 0 || text.charAt(at - 1) != '\\'; // else it is part of somebody's words
            if (member && value >= 0 && isColon(text.substring(at + NAME.length(), value))) {
                usage = later(usage, read(text.substring(value)));
            }
        }
        return usage;
    }

    private static boolean isColon(String between) {
        return between.trim().equals(":");
    }

    private static Usage later(Usage before, Usage after) {
        return new Usage(
                after.input() >= 0 ? after.input() : before.input(),
                after.output() >= 0 ? after.output() : before.output(),
                after.cached() >= 0 ? after.cached() : before.cached());
    }

    private static Usage read(String object) {
        long[] counts = {-1, -1, -1};
        try (JsonReader json = JsonProviders.createReader(object)) {
            json.nextToken();
            members(json, counts);
        } catch (IOException | RuntimeException cutOff) {
            // what was read is true all the same
        }
        return new Usage(counts[0], counts[1], counts[2]);
    }

    private static void members(JsonReader json, long[] counts) throws IOException {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.getFieldName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.NUMBER) {
                switch (name) {
                    case "prompt_tokens", "input_tokens" -> counts[0] = json.getLong();
                    case "completion_tokens", "output_tokens" -> counts[1] = json.getLong();
                    case "cached_tokens", "cache_read_input_tokens" -> counts[2] = json.getLong();
                    default -> {}
                }
            } else if (value == JsonToken.START_OBJECT && name.endsWith("tokens_details")) {
                members(json, counts);
            } else {
                json.skipChildren();
            }
        }
    }

    private String text() {
        String newest = new String(tail, 0, end, StandardCharsets.ISO_8859_1);
        return full ? new String(tail, end, TAIL - end, StandardCharsets.ISO_8859_1) + newest : newest;
    }
}
