package io.github.regionrouter.attempt;

import org.jspecify.annotations.Nullable;

/** The headers of an answer, looked up by name without regard to case. */
@FunctionalInterface
public interface Headers {

    /** The first value of the header, or null if it is absent. */
    @Nullable
    String value(String name);
}
