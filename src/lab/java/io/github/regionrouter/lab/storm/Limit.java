package io.github.regionrouter.lab.storm;

/** How much a deployment admits over time. Times in nanoseconds. */
sealed interface Limit permits FixedWindow, LeakyBucket {

    boolean fits(long now, long cost);

    void charge(long now, long cost);

    /** How long until {@code cost} fits; 0 if it fits now. */
    long untilFits(long now, long cost);

    /** When what is not used now is lost. */
    long lapses(long now);
}
