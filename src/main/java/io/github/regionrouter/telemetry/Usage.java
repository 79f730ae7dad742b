package io.github.regionrouter.telemetry;

/**
 * What an answer says that it took, in tokens; −1 where it does not say.
 *
 * @param cached of the input, those that the region had in its prompt cache
 */
public record Usage(long input, long output, long cached) {

    /** The answer does not say. */
    public static final Usage UNKNOWN = new Usage(-1, -1, -1);
}
