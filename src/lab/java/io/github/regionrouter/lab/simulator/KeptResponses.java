package io.github.regionrouter.lab.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The newest responses that one region keeps, by id; no other region knows them. Thread-safe. */
final class KeptResponses {

    private static final int MOST = 10_000;

    private final Map<String, KeptResponse> byId = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, KeptResponse> eldest) {
            return size() > MOST;
        }
    };

    synchronized void keep(KeptResponse response) {
        byId.put(response.response().id(), response);
    }

    synchronized @Nullable KeptResponse find(String id) {
        return byId.get(id);
    }

    synchronized @Nullable KeptResponse change(String id, UnaryOperator<KeptResponse> change) {
        return byId.computeIfPresent(id, (same, kept) -> change.apply(kept));
    }

    synchronized @Nullable KeptResponse remove(String id) {
        return byId.remove(id);
    }
}
