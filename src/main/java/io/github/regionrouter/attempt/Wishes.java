package io.github.regionrouter.attempt;

import io.github.regionrouter.region.Region;
import org.jspecify.annotations.Nullable;

/**
 * What a call itself asks of its way.
 *
 * @param first the region to try first (R15), or null
 * @param notFirst the region that failed this call when its client sent it before, or null: it is not the first one again (R10)
 * @param cacheKey what the prompt's cache goes by, or null (R2)
 * @param path what a region may not know of the call's path: family and API version (R8)
 * @param repeatable whether the call may go out again after it may have been carried out (R6)
 */
public record Wishes(
        @Nullable Region first,
        @Nullable Region notFirst,
        @Nullable String cacheKey,
        String path,
        boolean repeatable) {

    /** Of a call that may go anywhere and may be repeated. */
    public static final Wishes NONE = new Wishes(null, null, null, "", true);
}
