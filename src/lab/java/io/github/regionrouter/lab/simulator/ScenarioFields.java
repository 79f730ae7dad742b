package io.github.regionrouter.lab.simulator;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One object of a scenario, read strictly. What is wrong goes to the list of problems with its place, and reading goes on with the
 * value that an absent property has.
 *
 * @param where the place of this object, empty for the whole document
 */
record ScenarioFields(String where, JsonObject fields, List<String> problems) {

    private static final long MOST_MILLIS = Duration.ofDays(1).toMillis();

    /** Every name but these is a problem. */
    void checkNames(Set<String> known) {
        for (String name : fields.fields().keySet()) {
            if (!known.contains(name)) {
                problems.add(place(name) + ": unknown (expected: one of "
                        + known.stream().sorted().toList() + ")");
            }
        }
    }

    /** A text that is not blank. */
    @Nullable
    String text(String name, @Nullable String absent) {
        if (!fields.has(name)) {
            return absent;
        }
        return fields.text(name).filter(text -> !text.isBlank()).orElseGet(() -> {
            wrong(name, "a text that is not blank");
            return absent;
        });
    }

    long integer(String name, long absent, long least, long most) {
        if (!fields.has(name)) {
            return absent;
        }
        long value = fields.integer(name).orElse(Long.MIN_VALUE);
        if (value < least || value > most) {
            wrong(name, least + " to " + most);
            return absent;
        }
        return value;
    }

    double number(String name, double absent, double most) {
        if (!fields.has(name)) {
            return absent;
        }
        double value =
                fields.value(name) instanceof Number number ? new BigDecimal(number.toString()).doubleValue() : -1;
        if (value < 0 || value > most) {
            wrong(name, "0 to " + (long) most);
            return absent;
        }
        return value;
    }

    boolean bool(String name, boolean absent) {
        if (fields.has(name) && !(fields.value(name) instanceof Boolean)) {
            wrong(name, "true or false");
        }
        return fields.value(name) instanceof Boolean value ? value : absent;
    }

    /** Milliseconds, a day at most. */
    Duration millis(String name) {
        return Duration.ofMillis(integer(name, 0, 0, MOST_MILLIS));
    }

    /** A list of texts. */
    Set<String> texts(String name, Set<String> absent) {
        if (!fields.has(name)) {
            return absent;
        }
        Set<String> texts = new LinkedHashSet<>();
        elements(name, element -> {
            if (element.value instanceof String text && !text.isBlank()) {
                texts.add(text);
            } else {
                element.wrong("a text that is not blank");
            }
        });
        return texts;
    }

    /** A list of objects. */
    List<ScenarioFields> objects(String name) {
        List<ScenarioFields> objects = new ArrayList<>();
        elements(
                name,
                element -> JsonObject.of(element.value)
                        .ifPresentOrElse(
                                object -> objects.add(new ScenarioFields(element.place, object, problems)),
                                () -> element.wrong("an object")));
        return objects;
    }

    void elements(String name, Consumer<Element> action) {
        if (!fields.has(name)) {
            return;
        }
        if (!(fields.value(name) instanceof List<?> list)) {
            wrong(name, "a list");
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            action.accept(new Element(place(name) + "[" + i + "]", list.get(i), problems));
        }
    }

    String place(String name) {
        return where.isEmpty() ? name : where + "." + name;
    }

    void wrong(String name, String rule) {
        problems.add(Check.message(place(name), shown(fields.value(name)), rule));
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "absent" : value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    }

    /** One element of a list. */
    record Element(String place, @Nullable Object value, List<String> problems) {
        void wrong(String rule) {
            problems.add(Check.message(place, shown(value), rule));
        }
    }
}
