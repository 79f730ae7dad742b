package io.github.regionrouter.settings;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An object of the settings document, read member by member. What is wrong is noted with its JSON path and reading goes on,
 * so that one look shows every fault. {@link #close} notes the members that nobody asked for.
 */
final class Node implements AutoCloseable {

    private final String path;
    private final Map<?, ?> members;
    private final List<String> faults;
    private final Set<String> known = new HashSet<>();

    private Node(String path, Map<?, ?> members, List<String> faults) {
        this.path = path;
        this.members = members;
        this.faults = faults;
    }

    /** The value as an object; if it is none, that is noted and an empty one, which asks for nothing, takes its place. */
    static @Nullable Node of(@Nullable Object value, String path, List<String> faults) {
        if (value instanceof Map<?, ?> members) {
            return new Node(path, members, faults);
        }
        faults.add((path.isEmpty() ? "document" : path) + ": " + kind(value) + " (expected: object)");
        return null;
    }

    String path() {
        return path;
    }

    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        members.keySet().forEach(name -> names.add(String.valueOf(name)));
        return names;
    }

    boolean has(String name) {
        known.add(name);
        return members.containsKey(name);
    }

    /** Whether the member is there and not an empty list. */
    boolean isFilled(String name) {
        return has(name) && !List.of().equals(members.get(name));
    }

    void fault(String name, String what) {
        faults.add(pathOf(name) + ": " + what);
    }

    /** The member as an object, or null if it is absent or no object. */
    @Nullable
    Node object(String name) {
        return has(name) ? of(members.get(name), pathOf(name), faults) : null;
    }

    /** The member as a list of objects; those that are none are noted and left out. */
    List<Node> objects(String name) {
        List<Node> nodes = new ArrayList<>();
        List<?> elements = list(name);
        for (int i = 0; i < elements.size(); i++) {
            Node node = of(elements.get(i), pathOf(name) + "[" + i + "]", faults);
            if (node != null) {
                nodes.add(node);
            }
        }
        return nodes;
    }

    /** The member as a list of strings; others are noted and left out. */
    List<String> strings(String name) {
        List<String> strings = new ArrayList<>();
        List<?> elements = list(name);
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof String string && !string.isBlank()) {
                strings.add(string);
            } else {
                fault(name + "[" + i + "]", kind(elements.get(i)) + " (expected: non-empty string)");
            }
        }
        return strings;
    }

    private List<?> list(String name) {
        if (!has(name)) {
            return List.of();
        }
        if (members.get(name) instanceof List<?> elements) {
            return elements;
        }
        fault(name, kind(members.get(name)) + " (expected: array)");
        return List.of();
    }

    /** The member as a string that matches; null if it is absent or does not. */
    @Nullable
    String string(String name, Pattern pattern, String expected) {
        if (!has(name)) {
            return null;
        }
        Object value = members.get(name);
        if (value instanceof String string && pattern.matcher(string).matches()) {
            return string;
        }
        fault(name, (value instanceof String ? value : kind(value)) + " (expected: " + expected + ")");
        return null;
    }

    /** The member as a non-empty string whose value must not show; null if it is absent or none. */
    @Nullable
    String hidden(String name) {
        if (!has(name)) {
            return null;
        }
        if (members.get(name) instanceof String string && !string.isBlank()) {
            return string;
        }
        fault(name, "not shown (expected: non-empty string)");
        return null;
    }

    boolean flag(String name) {
        if (!has(name)) {
            return false;
        }
        if (members.get(name) instanceof Boolean flag) {
            return flag;
        }
        fault(name, kind(members.get(name)) + " (expected: true or false)");
        return false;
    }

    int integer(String name, int otherwise, int least, int most) {
        if (!has(name)) {
            return otherwise;
        }
        if (members.get(name) instanceof BigDecimal number && within(number, least, most) && isWhole(number)) {
            return number.intValueExact();
        }
        fault(name, shown(members.get(name)) + " (expected: whole number from " + least + " to " + most + ")");
        return otherwise;
    }

    @Nullable
    Duration seconds(String name, @Nullable Duration otherwise, int least, int most) {
        if (!has(name)) {
            return otherwise;
        }
        if (members.get(name) instanceof BigDecimal number && within(number, least, most)) {
            return Duration.ofMillis(number.movePointRight(3).longValue());
        }
        fault(name, shown(members.get(name)) + " (expected: seconds from " + least + " to " + most + ")");
        return otherwise;
    }

    /** Notes every member that was not asked for: typos must not pass. */
    @Override
    public void close() {
        for (String name : names()) {
            if (!known.contains(name)) {
                fault(name, "unknown property (expected: one of " + String.join(", ", new TreeSet<>(known)) + ")");
            }
        }
    }

    private String pathOf(String name) {
        return path.isEmpty() || name.isEmpty() ? path + name : path + "." + name;
    }

    private static boolean within(BigDecimal number, int least, int most) {
        return number.compareTo(BigDecimal.valueOf(least)) >= 0 && number.compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    private static boolean isWhole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }

    private static String shown(@Nullable Object value) {
        return value instanceof BigDecimal number ? number.toString() : kind(value);
    }

    private static String kind(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof String string) {
            return string.isBlank() ? "an empty string" : "a string";
        }
        if (value instanceof Map<?, ?>) {
            return "an object";
        }
        return value instanceof List<?> ? "an array" : value instanceof Boolean ? "a boolean" : "a number";
    }
}
