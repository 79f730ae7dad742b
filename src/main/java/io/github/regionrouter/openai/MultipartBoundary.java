package io.github.regionrouter.openai;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The delimiter of a multipart body (RFC 2046 §5.1.1): {@code --boundary} at the beginning of a line.
 *
 * <p>Only line beginnings are looked at, and a boundary has no line end in it, so a comparison never runs past its own line:
 * the whole body is read once, even if all of it is dashes and line feeds.
 *
 * <p>Where readers are known to differ, the body is refused rather than read in one of the ways, since the router must see
 * the same model as the region: a delimiter that follows a bare LF, and a line that begins with the delimiter and goes on.
 */
final class MultipartBoundary {

    /** RFC 2046 allows 70. */
    private static final int MAX_CHARACTERS = 250;

    private final byte[] delimiter;

    private MultipartBoundary(String boundary) {
        this.delimiter = ("--" + boundary).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * A delimiter's line.
     *
     * @param partEnd where the part before it ends, without the CRLF that belongs to the delimiter
     * @param next offset of the byte behind the line; at most the body's length
     * @param closing whether it is the last one
     */
    record Delimiter(int partEnd, int next, boolean closing) {}

    /** @throws IOException if it is no form or has no usable boundary; the message is fit for a caller */
    static MultipartBoundary of(@Nullable String contentType) throws IOException {
        HeaderParameters type;
        try {
            type = HeaderParameters.read(contentType == null ? "" : contentType);
        } catch (IOException malformed) {
            throw new IOException(
                    "content-type: " + malformed.getMessage() + " (expected: multipart/form-data)", malformed);
        }
        if (!type.kind().equals("multipart/form-data")) {
            throw new IOException("content-type: not a form (expected: multipart/form-data)");
        }
        String boundary = type.get("boundary");
        if (boundary == null || boundary.isEmpty()) {
            throw new IOException("content-type: no boundary (expected: multipart/form-data; boundary=…)");
        }
        if (boundary.length() > MAX_CHARACTERS || !boundary.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IOException(
                    "content-type: unusable boundary (expected: at most " + MAX_CHARACTERS + " plain characters)");
        }
        return new MultipartBoundary(boundary);
    }

    /**
     * @param from offset of a line's beginning
     * @return null if there is none
     * @throws IOException if a line is almost a delimiter
     */
    @Nullable
    Delimiter find(byte[] body, int from) throws IOException {
        int line = from;
        while (line < body.length) {
            if (startsAt(body, line)) {
                return delimiter(body, line);
            }
            while (line < body.length && body[line] != '\n') {
                line++;
            }
            line++;
        }
        return null;
    }

    private boolean startsAt(byte[] body, int line) {
        int end = line + delimiter.length;
        return end <= body.length && Arrays.equals(body, line, end, delimiter, 0, delimiter.length);
    }

    private Delimiter delimiter(byte[] body, int line) throws IOException {
        if (line > 0 && (line < 2 || body[line - 2] != '\r')) {
            throw new IOException("body: a boundary follows a bare line feed (expected: CRLF)");
        }
        int at = line + delimiter.length;
        boolean closing = at + 1 < body.length && body[at] == '-' && body[at + 1] == '-';
        if (closing) {
            at += 2;
        }
        while (at < body.length && (body[at] == ' ' || body[at] == '\t')) {
            at++;
        }
        boolean lineEnds = at + 1 < body.length && body[at] == '\r' && body[at + 1] == '\n';
        if (!lineEnds && !(closing && at == body.length)) {
            throw new IOException("body: a line begins with the boundary and goes on (expected: CRLF behind it)");
        }
        return new Delimiter(Math.max(line - 2, 0), lineEnds ? at + 2 : at, closing);
    }
}
