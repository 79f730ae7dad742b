package io.github.regionrouter.lab.simulator;

import java.util.List;

/** A scenario that is refused, with everything that is wrong with it. */
public final class InvalidScenarioException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    InvalidScenarioException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each with its place: {@code regions[1].port: 99999 (expected: 0 to 65535)}. */
    public List<String> problems() {
        return problems;
    }
}
