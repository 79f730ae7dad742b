package io.github.regionrouter.lab.simulator;

/** How an exchange ended. */
public enum Ending {
    /** The region wrote the whole answer. */
    COMPLETED,
    /** The caller closed the connection before the answer ended. */
    CANCELLED,
    /** The region itself broke the answer off: a fault, or it was closed. */
    BROKEN
}
