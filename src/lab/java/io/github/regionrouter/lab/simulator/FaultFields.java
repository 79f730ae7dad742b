package io.github.regionrouter.lab.simulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The fields of one fault in control JSON, read strictly: unknown names and wrong types are errors. */
record FaultFields(String where, JsonObject fields) {

    private static final Set<String> COMMON = Set.of("kind", "times", "path", "atMs", "forMs");
    private static final int LONGEST_MILLIS = 172_800_000;
    private static final int MOST_EVENTS = 1_000_000;

    void checkNames(Set<String> own) {
        for (String name : fields.fields().keySet()) {
            if (!own.contains(name) && !COMMON.contains(name)) {
                List<String> known =
                        Stream.concat(COMMON.stream(), own.stream()).sorted().toList();
                throw new IllegalArgumentException(Check.message(where, name, "fields of " + known));
            }
        }
    }

    boolean has(String name) {
        return fields.has(name);
    }

    String text(String name, String absent) {
        if (!has(name)) {
            return absent;
        }
        return fields.text(name).orElseThrow(() -> wrong(name, "a string"));
    }

    int integer(String name, int absent, int least, int most) {
        if (!has(name)) {
            return absent;
        }
        long value = fields.integer(name).orElse(Long.MIN_VALUE);
        if (value < least || value > most) {
            throw wrong(name, "an integer from " + least + " to " + most);
        }
        return (int) value;
    }

    int status(int absent) {
        int status = integer("status", absent, 200, 599);
        if (status == 0) {
            throw wrong("status", "an integer from 200 to 599");
        }
        return status;
    }

    int events() {
        return integer("events", 0, 0, MOST_EVENTS);
    }

    Duration millis(String name, Duration absent) {
        return has(name) ? millis(name) : absent;
    }

    Duration millis(String name) {
        if (!has(name)) {
            throw wrong(name, "milliseconds");
        }
        return Duration.ofMillis(integer(name, 0, 0, LONGEST_MILLIS));
    }

    /** An object of strings and numbers, as strings. */
    Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (has(name) && JsonObject.of(fields.value(name)).isEmpty()) {
            throw wrong(name, "an object");
        }
        fields.object(name).fields().forEach((key, value) -> {
            if (!(value instanceof String) && !(value instanceof Number)) {
                throw wrong(name, "an object of strings");
            }
            texts.put(key, value.toString());
        });
        return texts;
    }

    /** A string as it is, any other JSON as text. */
    String json(String name, String absent) {
        Object value = fields.value(name);
        if (value == null) {
            return absent;
        }
        return value instanceof String text ? text : Json.text(value);
    }

    IllegalArgumentException wrong(String name, String rule) {
        return new IllegalArgumentException(
                Check.message(where + "." + name, String.valueOf(fields.value(name)), rule));
    }
}
