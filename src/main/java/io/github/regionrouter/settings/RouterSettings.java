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
 * @param callers who may call; with none of them nobody may, unless {@code anonymous} says so
 * @param anonymous whether a call without a key is let in
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
     * @param principals object ids under which Easy Auth names this caller
     * @param quota how much this caller may ask for
     */
    public record Caller(
            String name,
            List<CallerKey> keys,
            @Nullable Set<String> models,
            @Nullable String zone,
            boolean forceRegion,
            Set<String> principals,
            Quota quota) {

        /** Who calls without a key, where that is allowed. */
        public static final Caller ANYBODY = new Caller("anonymous", List.of(), null, null, true, Set.of(), Quota.NONE);

        public Caller {
            keys = List.copyOf(keys);
            principals = Set.copyOf(principals);
        }

        /** Whether this caller may use the model. */
        public boolean mayUse(String model) {
            return models == null || models.contains(model);
        }
    }

    /**
     * What a caller may ask of the router in any minute.
     *
     * @param tokensPerMinute 0 if there is no bound
     * @param requestsPerMinute 0 if there is no bound
     */
    public record Quota(int tokensPerMinute, int requestsPerMinute) {

        /** No bound. */
        public static final Quota NONE = new Quota(0, 0);
    }

    /** A caller's key. It never shows in text form. */
    public record CallerKey(String value) {
        @Override
        public String toString() {
            return "CallerKey[hidden]";
        }
    }
}
