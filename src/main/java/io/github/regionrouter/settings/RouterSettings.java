package io.github.regionrouter.settings;

import io.github.regionrouter.attempt.RetryRules;
import io.github.regionrouter.region.RoutingTable;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings document, read and found good (design §4).
 *
 * @param table models and their regions
 * @param retry the rules of retrying
 * @param callers who may call; with none of them the router does not ask for a key
 * @param anonymous whether a call without a key is let in although callers are named
 */
public record RouterSettings(RoutingTable table, RetryRules retry, List<Caller> callers, boolean anonymous) {

    public RouterSettings {
        callers = List.copyOf(callers);
    }

    /**
     * Somebody with keys of the router's own.
     *
     * @param name for logs
     * @param keys any of them will do, so that they can be rotated
     * @param models the models this caller may use; null means all
     * @param zone the fence around this caller, if there is one (R1)
     * @param forceRegion whether {@code x-router-region} is allowed (R15)
     */
    public record Caller(
            String name,
            List<CallerKey> keys,
            @Nullable Set<String> models,
            @Nullable String zone,
            boolean forceRegion) {

        /** Who calls a router that asks for no key. */
        public static final Caller ANYBODY = new Caller("anonymous", List.of(), null, null, true);

        public Caller {
            keys = List.copyOf(keys);
        }

        /** Whether this caller may use the model. */
        public boolean mayUse(String model) {
            return models == null || models.contains(model);
        }
    }

    /** A caller's key. It never shows in text form. */
    public record CallerKey(String value) {
        @Override
        public String toString() {
            return "CallerKey[hidden]";
        }
    }
}
