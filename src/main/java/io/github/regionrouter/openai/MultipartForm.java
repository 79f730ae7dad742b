package io.github.regionrouter.openai;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the router needs to know of a {@code multipart/form-data} body (RFC 7578): its small fields, {@code model} above all,
 * and where the model's name stands, so that it alone can be replaced (R13). Files are passed over in one pass.
 *
 * <p>A body that is cut short or that two readers could take for different forms is refused ({@link MultipartBoundary});
 * parts without a name, and whatever stands before the first and behind the closing boundary, say nothing.
 */
final class MultipartForm {

    /** A longer value is no name and no switch, in bytes. */
    static final int MAX_VALUE = 1024;

    /** Of the headers of one part, in bytes. */
    static final int MAX_HEADERS = 64 * 1024;

    /** A form of images and switches has a few dozen. */
    static final int MAX_PARTS = 1000;

    private static final Set<String> PLAIN_ENCODINGS = Set.of("7bit", "8bit", "binary");

    /** Where the last value of a name stands, and how often the name occurs. */
    private record Field(
            int start, int end, int count, @Nullable String value) {}

    private final Map<String, Field> fields = new HashMap<>();

    private MultipartForm() {}

    /**
     * @param contentType the header's value
     * @throws IOException if the header or the body is malformed; the message is fit for a caller
     */
    static MultipartForm read(@Nullable String contentType, byte[] body) throws IOException {
        MultipartBoundary boundary = MultipartBoundary.of(contentType);
        MultipartForm form = new MultipartForm();
        MultipartBoundary.Delimiter before = boundary.find(body, 0);
        if (before == null) {
            throw new IOException("body: the content-type's boundary is not in it (expected: --boundary, CRLF, parts)");
        }
        for (int parts = 0; !before.closing(); parts++) {
            if (parts == MAX_PARTS) {
                throw new IOException("body: too many parts (expected: at most " + MAX_PARTS + ")");
            }
            MultipartBoundary.Delimiter after = boundary.find(body, before.next());
            if (after == null) {
                throw new IOException("body: the closing boundary is missing (expected: --boundary-- at the end)");
            }
            form.part(body, before.next(), after.partEnd());
            before = after;
        }
        return form;
    }

    /** The one {@code model}; null if there is none, or several, or one longer than {@value #MAX_VALUE} bytes. */
    @Nullable
    String model() {
        return models() == 1 ? field("model") : null;
    }

    /** How many parts are called {@code model}. */
    int models() {
        Field model = fields.get("model");
        return model == null ? 0 : model.count;
    }

    /** The value of a field, the last if it occurs several times; null if absent or longer than {@value #MAX_VALUE} bytes. */
    @Nullable
    String field(String name) {
        Field field = fields.get(name);
        return field == null ? null : field.value;
    }

    /**
     * The body with another model's name in place, every other byte as it came.
     *
     * @param body the one that was read
     * @param name a deployment's name
     * @throws IllegalStateException if there is not one {@code model}
     */
    byte[] withModel(byte[] body, String name) {
        Field model = fields.get("model");
        if (model == null || model.count != 1) {
            throw new IllegalStateException("models: " + models() + " (expected: 1)");
        }
        byte[] value = name.getBytes(StandardCharsets.UTF_8);
        byte[] changed = new byte[body.length - (model.end - model.start) + value.length];
        System.arraycopy(body, 0, changed, 0, model.start);
        System.arraycopy(value, 0, changed, model.start, value.length);
        System.arraycopy(body, model.end, changed, model.start + value.length, body.length - model.end);
        return changed;
    }

    private void part(byte[] body, int start, int end) throws IOException {
        int value = headersEnd(body, start, end);
        String name = name(new String(body, start, value - start, StandardCharsets.UTF_8));
        if (name == null) {
            return;
        }
        Field earlier = fields.get(name);
        String text = end - value <= MAX_VALUE ? new String(body, value, end - value, StandardCharsets.UTF_8) : null;
        fields.put(name, new Field(value, end, earlier == null ? 1 : earlier.count + 1, text));
    }

    /** @return the offset behind the empty line */
    private static int headersEnd(byte[] body, int start, int end) throws IOException {
        int line = start;
        while (line - start <= MAX_HEADERS) {
            int lineEnd = line;
            while (lineEnd < end && body[lineEnd] != '\r' && body[lineEnd] != '\n') {
                lineEnd++;
            }
            if (lineEnd + 1 >= end || body[lineEnd] != '\r' || body[lineEnd + 1] != '\n') {
                throw new IOException(
                        "body: a part's headers do not end (expected: header lines, CRLF, an empty line)");
            }
            if (lineEnd == line) {
                return line + 2;
            }
            line = lineEnd + 2;
        }
        throw new IOException("body: a part's headers are too large (expected: at most " + MAX_HEADERS + " bytes)");
    }

    /** The name that a part's headers give it; null if they give none. */
    private static @Nullable String name(String headers) throws IOException {
        String unfolded = headers.replace("\r\n ", " ").replace("\r\n\t", " ");
        String disposition = null;
        String encoding = null;
        for (String line : unfolded.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).trim();
            switch (line.substring(0, Math.max(colon, 0)).trim().toLowerCase(Locale.ROOT)) {
                case "content-disposition" -> {
                    if (disposition != null) {
                        throw new IOException("body: a part has two content-dispositions (expected: one)");
                    }
                    disposition = value;
                }
                case "content-transfer-encoding" -> encoding = value.toLowerCase(Locale.ROOT);
                default -> {}
            }
        }
        String name = disposition == null ? null : nameIn(disposition);
        if ("model".equals(name) && encoding != null && !PLAIN_ENCODINGS.contains(encoding)) {
            throw new IOException("model: encoded (expected: no content-transfer-encoding)");
        }
        return name;
    }

    private static @Nullable String nameIn(String disposition) throws IOException {
        HeaderParameters parameters;
        try {
            parameters = HeaderParameters.read(disposition);
        } catch (IOException malformed) {
            throw new IOException(
                    "body: in a content-disposition " + malformed.getMessage() + " (expected: form-data; name=\"…\")",
                    malformed);
        }
        if (parameters.get("name*") != null) {
            throw new IOException("body: a part has a name* (expected: name, as RFC 7578 wants it)");
        }
        return parameters.get("name");
    }
}
