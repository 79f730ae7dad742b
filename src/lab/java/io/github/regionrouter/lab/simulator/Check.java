package io.github.regionrouter.lab.simulator;

/** Argument checks with messages of the form {@code name: value (expected: rule)}. */
final class Check {

    private Check() {}

    static void that(boolean holds, String name, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(message(name, value, rule));
        }
    }

    static String message(String name, Object value, String rule) {
        return name + ": " + value + " (expected: " + rule + ")";
    }
}
