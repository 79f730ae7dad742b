package io.github.regionrouter.attempt;

/**
 * What is made of an attempt.
 *
 * @param decision for the caller and the logs
 * @param next what the call does now
 */
public record Verdict(Decision decision, Step next) {}
