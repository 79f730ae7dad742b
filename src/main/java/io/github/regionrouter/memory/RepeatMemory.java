package io.github.regionrouter.memory;

import org.jspecify.annotations.Nullable;

/**
 * R10: which region failed a call last, so that the same call, when its client sends it again, starts elsewhere. Clients repeat
 * on their own: one user's call may come three or four times.
 */
public final class RepeatMemory {

    private static final int MOST = 10_000;

    private final Recent<String, String> failedBy = new Recent<>(MOST);

    /** The call failed; {@code region} was asked last. */
    public void failed(String call, String region) {
        failedBy.put(call, region);
    }

    /** The name of the region that failed the call when it came before, or null. */
    public @Nullable String failedBefore(String call) {
        return failedBy.get(call);
    }
}
