package io.github.regionrouter.settings;

import java.util.List;

/** The settings document is refused whole; every fault is named. */
public final class InvalidSettingsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    /** @param faults each as {@code JSON path: value (expected: rule)}, without any secret */
    public InvalidSettingsException(List<String> faults) {
        super(String.join(System.lineSeparator(), faults));
        this.faults = List.copyOf(faults);
    }

    /** What is wrong, one fault a line. */
    public List<String> faults() {
        return faults;
    }
}
