package io.github.regionrouter.openai;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A header value with parameters: {@code form-data; name="model"}.
 *
 * <p>In quotes a backslash is an escape before a quote or another backslash only, since browsers of old put Windows paths
 * into {@code filename} as they are.
 *
 * @param kind what stands in front, in lower case
 * @param parameters by name in lower case
 */
record HeaderParameters(String kind, Map<String, String> parameters) {

    @Nullable
    String get(String name) {
        return parameters.get(name);
    }

    /** @throws IOException if two readers could read it differently: quotes left open, a parameter given twice */
    static HeaderParameters read(String header) throws IOException {
        int semicolon = header.indexOf(';');
        String kind = semicolon < 0 ? header : header.substring(0, semicolon);
        Map<String, String> parameters = new LinkedHashMap<>();
        int at = semicolon < 0 ? header.length() : semicolon + 1;
        while (at < header.length()) {
            at = parameter(header, at, parameters);
        }
        return new HeaderParameters(kind.trim().toLowerCase(Locale.ROOT), parameters);
    }

    /** @return the offset behind the semicolon that ends the parameter */
    private static int parameter(String header, int at, Map<String, String> parameters) throws IOException {
        int equals = at;
        while (equals < header.length() && header.charAt(equals) != '=' && header.charAt(equals) != ';') {
            equals++;
        }
        if (equals == header.length() || header.charAt(equals) == ';') {
            return equals + 1; // a parameter without a value says nothing
        }
        String name = header.substring(at, equals).trim().toLowerCase(Locale.ROOT);
        StringBuilder value = new StringBuilder();
        int end = value(header, equals + 1, value);
        if (parameters.put(name, value.toString()) != null) {
            throw new IOException("the parameter " + name + " is given twice");
        }
        return end + 1;
    }

    /** @return the offset of the semicolon, or the header's end */
    private static int value(String header, int from, StringBuilder value) throws IOException {
        int at = from;
        while (at < header.length() && isBlank(header.charAt(at))) {
            at++;
        }
        if (at == header.length() || header.charAt(at) != '"') {
            int semicolon = header.indexOf(';', at);
            int end = semicolon < 0 ? header.length() : semicolon;
            value.append(header.substring(at, end).trim());
            return end;
        }
        at = quoted(header, at + 1, value);
        while (at < header.length() && isBlank(header.charAt(at))) {
            at++;
        }
        if (at < header.length() && header.charAt(at) != ';') {
            throw new IOException("something follows a quoted parameter");
        }
        return at;
    }

    /** @return the offset behind the closing quote */
    private static int quoted(String header, int from, StringBuilder value) throws IOException {
        for (int at = from; at < header.length(); at++) {
            char c = header.charAt(at);
            if (c == '"') {
                return at + 1;
            }
            if (c == '\\'
                    && at + 1 < header.length()
                    && (header.charAt(at + 1) == '"' || header.charAt(at + 1) == '\\')) {
                at++;
            }
            value.append(header.charAt(at));
        }
        throw new IOException("the quotes of a parameter are left open");
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
