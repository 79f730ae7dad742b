package io.github.regionrouter.lab.storm;

/**
 * One caller's call, the same whoever routes it. Times in nanoseconds.
 *
 * @param at when it comes
 * @param lot in [0, 1): which instance it comes to
 * @param tokens what a region charges for it
 * @param headersAfter from its admission to the headers of the answer
 * @param duration from its admission to the end of the answer
 * @param cacheKey number of its prompt's prefix; -1 if it has none worth keeping
 */
record Call(long at, double lot, int tokens, long headersAfter, long duration, int cacheKey) {}
