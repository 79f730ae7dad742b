package io.github.regionrouter.attempt;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a region's answer when it is judged.
 *
 * @param status HTTP status
 * @param headers the answer's
 * @param text the body, where the judgement hangs on it; null if it was not read
 */
public record Answer(int status, Headers headers, @Nullable String text) {}
