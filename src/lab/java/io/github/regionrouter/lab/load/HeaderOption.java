package io.github.regionrouter.lab.load;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@code name:value}; refusals never repeat the value. */
final class HeaderOption {

    /** RFC 9110 §5.6.2. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** Set by the tester itself, or they would break the call. */
    private static final Set<String> OWN =
            Set.of("content-type", "content-length", "transfer-encoding", "host", "connection", "accept");

    private HeaderOption() {}

    /** @throws IllegalArgumentException if one is none, or twice */
    static Map<String, String> read(List<String> headers) {
        Map<String, String> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header : headers) {
            int colon = header.indexOf(':');
            String name = header.substring(0, Math.max(0, colon)).trim();
            String value = header.substring(colon + 1).trim();
            LoadOptions.check(
                    NAME.matcher(name).matches(),
                    "--header: no name in front of a colon (expected: name:value, a name of RFC 9110)");
            LoadOptions.check(
                    !OWN.contains(name.toLowerCase(Locale.ROOT)),
                    "--header: " + name + " (expected: none that the tester sets itself)");
            LoadOptions.check(isText(value), "--header: the value of " + name + " (expected: printable ASCII)");
            LoadOptions.check(map.put(name, value) == null, "--header: " + name + " twice (expected: once)");
        }
        return map;
    }

    /** RFC 9110 §5.5, without what may not stand in it on any server. */
    static boolean isText(String value) {
        return value.chars().allMatch(character -> character == '\t' || (character >= ' ' && character <= '~'));
    }
}
