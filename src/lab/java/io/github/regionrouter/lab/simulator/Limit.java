package io.github.regionrouter.lab.simulator;

/** What bounds one deployment: a {@link Quota} or {@link ProvisionedThroughput}. Thread-safe. */
interface Limit {

    /**
     * Decides on a call, and charges it.
     *
     * @param cachedTokens how many tokens of the prompt the deployment remembers
     */
    Verdict admit(Demand demand, long cachedTokens);

    /** A call that was admitted has ended, with so many tokens in its answer where so many had been charged. */
    default void ended(long chargedTokens, long madeTokens) {}
}
