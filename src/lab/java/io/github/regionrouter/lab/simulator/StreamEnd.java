package io.github.regionrouter.lab.simulator;

/** How an event stream ends. */
public enum StreamEnd {
    /** The body ends as HTTP says it should. */
    CLEAN,
    /** The connection closes without the last chunk. */
    CLOSE,
    /** The connection is reset. */
    RESET,
    /** Nothing comes any more, until the caller closes. */
    STALL
}
