package io.github.regionrouter.lab.simulator;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parts of a {@code multipart/form-data} body by name; of parts with one name, the last. */
record MultipartForm(Map<String, Part> parts) {

    static final MultipartForm EMPTY = new MultipartForm(Map.of());

    /**
     * One part.
     *
     * @param fileName empty where none was given
     */
    record Part(String fileName, byte[] content) {}

    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");
    private static final Pattern NAME = Pattern.compile("[; ]name=\"?([^\";\r\n]+)");
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"?([^\";\r\n]+)");
    private static final String END_OF_HEAD = "\r\n\r\n";

    static MultipartForm read(String contentType, byte[] body) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            throw Refusal.badRequest(
                    Check.message("content-type", contentType, "multipart/form-data with a boundary"), "body");
        }
        String delimiter = "\r\n--" + boundary.group(1);
        // One character for each byte; the line end in front makes the first delimiter look like the others.
        String text = "\r\n" + new String(body, StandardCharsets.ISO_8859_1);
        Map<String, Part> parts = new HashMap<>();
        int start = text.indexOf(delimiter);
        while (start >= 0) {
            int end = text.indexOf(delimiter, start + delimiter.length());
            if (end >= 0) {
                add(parts, text.substring(start + delimiter.length(), end));
            }
            start = end;
        }
        return new MultipartForm(parts);
    }

    /** A part as UTF-8 text; empty when it is absent. */
    String text(String name) {
        Part part = parts.get(name);
        return part == null ? "" : new String(part.content(), StandardCharsets.UTF_8);
    }

    @Nullable
    Part part(String name) {
        return parts.get(name);
    }

    private static void add(Map<String, Part> parts, String part) {
        int head = part.indexOf(END_OF_HEAD);
        if (head < 0) {
            return;
        }
        Matcher name = NAME.matcher(part.substring(0, head));
        if (name.find()) {
            byte[] content = part.substring(head + END_OF_HEAD.length()).getBytes(StandardCharsets.ISO_8859_1);
            Matcher fileName = FILE_NAME.matcher(part.substring(0, head));
            parts.put(name.group(1), new Part(fileName.find() ? fileName.group(1) : "", content));
        }
    }
}
