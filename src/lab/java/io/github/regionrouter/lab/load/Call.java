package io.github.regionrouter.lab.load;

import org.jspecify.annotations.Nullable;

/**
 * One call, decided before it sets out.
 *
 * @param index from 0, in the order in which calls set out
 * @param promptTokens about how long its prompt is
 * @param maxTokens how long its answer may be
 * @param cacheKey {@code prompt_cache_key}; calls with the same one begin their prompts alike. Null for none
 */
record Call(
        long index,
        Target target,
        int promptTokens,
        int maxTokens,
        @Nullable String cacheKey) {}
