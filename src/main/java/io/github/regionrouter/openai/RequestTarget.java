package io.github.regionrouter.openai;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Path and query as they stand on the wire, made safe to send on: one leading slash, no dot segments, no credentials.
 *
 * @param path raw, percent-encoded, beginning with one slash
 * @param query raw, without the question mark; order and duplicates as they came; empty if there is none
 */
public record RequestTarget(String path, String query) {

    /** RFC 3986 §3.3: beside letters, digits and percent-encoded bytes. */
    private static final String PLAIN_IN_PATH = "-._~!$&'()*+,;=:@/";

    /**
     * Takes a target off the wire.
     *
     * @param path raw path; some clients send {@code //openai/…} (R13, design §6)
     * @param query raw query without the question mark
     * @throws RefusedCall if the path or the query has characters that do not belong there, or dot segments, which could
     *     climb out of the resource's API
     */
    public static RequestTarget of(String path, String query) {
        if (!isPlain(path)) {
            throw new RefusedCall(OpenAiError.invalidPath("has a character that must be percent-encoded"));
        }
        if (!isPlainQuery(query)) {
            throw new RefusedCall(OpenAiError.invalidPath("the query has a character that must be percent-encoded"));
        }
        String single = withOneSlash(path);
        if (hasDotSegment(single)) {
            throw new RefusedCall(OpenAiError.invalidPath("has a dot segment"));
        }
        return new RequestTarget(single, withoutFunctionsKey(query));
    }

    private static boolean isCode(String encoded) {
        try {
            return decoded(encoded).equals("code");
        } catch (IllegalArgumentException notEncoded) {
            return false;
        }
    }

    /** Also in disguise: a region might decode the path once more. */
    private static boolean hasDotSegment(String path) {
        String plain = path.contains("%")
                ? path.toLowerCase(Locale.ROOT)
                        .replace("%2e", ".")
                        .replace("%2f", "/")
                        .replace("%5c", "/")
                        .replace("%3b", ";")
                : path;
        for (String segment : plain.split("/", -1)) {
            int parameters = segment.indexOf(';'); // some servers drop them before they look for dots
            String name = parameters < 0 ? segment : segment.substring(0, parameters);
            if (name.equals(".") || name.equals("..")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPlain(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%' ? !isEncodedAt(path, i) : !isLetterOrDigit(c) && PLAIN_IN_PATH.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlainQuery(String query) {
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c <= ' ' || c == 0x7f || c == '#') {
                return false;
            }
        }
        return true;
    }

    private static String withOneSlash(String path) {
        int first = 0;
        while (first < path.length() && path.charAt(first) == '/') {
            first++;
        }
        return first == 1 ? path : "/" + path.substring(first);
    }

    private static boolean isEncodedAt(String path, int percent) {
        return percent + 2 < path.length()
                && Character.digit(path.charAt(percent + 1), 16) >= 0
                && Character.digit(path.charAt(percent + 2), 16) >= 0;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /** The query parameter {@code code} is a Functions key: it stays behind (design §5.1). Nothing else changes. */
    private static String withoutFunctionsKey(String query) {
        if (!query.contains("code") && !query.contains("%")) {
            return query;
        }
        List<String> kept = new ArrayList<>();
        for (String parameter : query.split("&", -1)) {
            int end = parameter.indexOf('=');
            String name = end < 0 ? parameter : parameter.substring(0, end);
            if (!name.equals("code") && !(name.contains("%") && isCode(name))) {
                kept.add(parameter);
            }
        }
        return String.join("&", kept);
    }

    /** The raw value of a query parameter; empty if it is absent. */
    String parameter(String name) {
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith(name + "=")) {
                return parameter.substring(name.length() + 1);
            }
        }
        return "";
    }

    /** A path segment in plain text. */
    static String decoded(String segment) {
        return segment.contains("%") ? URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8) : segment;
    }
}
