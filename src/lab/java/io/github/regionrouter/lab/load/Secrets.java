package io.github.regionrouter.lab.load;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run was given and nobody may read: keys, values of headers and of queries. Servers repeat them, also written for URLs,
 * JSON or HTML. Of fewer than four characters they are found only where they stand as a word.
 */
final class Secrets {

    private static final String MASK = "***";
    private static final int LONG = 4;

    /** From here on a word of a header's value is masked by itself, as the one behind {@code Bearer} is. */
    private static final int LONG_WORD = 8;

    /** Names a region, which every answer tells. */
    private static final String REGION = "x-router-region";

    private static final String VERSION = "api-version";

    private final Pattern pattern;

    private Secrets(Set<String> values) {
        pattern = Pattern.compile(
                values.stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .map(Secrets::found)
                        .collect(Collectors.joining("|")),
                Pattern.CASE_INSENSITIVE);
    }

    static Secrets of(LoadPlan plan) {
        Set<String> values = new TreeSet<>();
        for (Target target : plan.targets()) {
            if (target.key() != null) {
                values.add(target.key());
            }
            addQuery(target.chat().getRawQuery(), values);
        }
        plan.headers().forEach((name, value) -> {
            if (!name.toLowerCase(Locale.ROOT).equals(REGION)) {
                addHeader(value, values);
            }
        });
        values.removeIf(String::isBlank);
        return new Secrets(values);
    }

    /** The text without them. */
    String masked(String text) {
        return pattern.pattern().isEmpty() ? text : pattern.matcher(text).replaceAll(MASK);
    }

    private static void addHeader(String value, Set<String> values) {
        values.add(value);
        for (String word : value.split("\\s+")) {
            if (word.length() >= LONG_WORD) {
                values.add(word);
            }
        }
    }

    private static void addQuery(@Nullable String query, Set<String> values) {
        for (String pair : query == null ? new String[0] : query.split("&")) {
            String value = pair.substring(pair.indexOf('=') + 1);
            if (!pair.startsWith(VERSION + "=")) {
                values.add(value);
                values.add(decoded(value));
            }
        }
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return value;
        }
    }

    private static String found(String value) {
        String whole = value.chars().mapToObj(Secrets::found).collect(Collectors.joining());
        return value.length() >= LONG ? whole : "(?<![A-Za-z0-9])" + whole + "(?![A-Za-z0-9])";
    }

    /** One character as it is, behind a backslash, or in the numbers of JSON, URLs and HTML. */
    private static String found(int character) {
        String plain = Pattern.quote(Character.toString(character));
        if (character < 128 && Character.isLetterOrDigit(character)) {
            return plain;
        }
        String forms = String.format(
                Locale.ROOT, "\\\\?%s|\\\\u%04x|%%%02x|&#%d;|&#x%2$x;", plain, character, character, character);
        return "(?:" + forms + named(character) + ")";
    }

    private static String named(int character) {
        return switch (character) {
            case '&' -> "|&amp;";
            case '<' -> "|&lt;";
            case '>' -> "|&gt;";
            case '"' -> "|&quot;";
            case ' ' -> "|\\+";
            default -> "";
        };
    }
}
