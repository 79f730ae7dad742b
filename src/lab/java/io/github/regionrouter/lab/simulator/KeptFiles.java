package io.github.regionrouter.lab.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The newest files that one region keeps, by id; no other region knows them. Thread-safe. */
final class KeptFiles {

    private static final int MOST = 1_000;

    private final Map<String, KeptFile> byId = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, KeptFile> eldest) {
            return size() > MOST;
        }
    };

    synchronized void keep(KeptFile file) {
        byId.put(file.id(), file);
    }

    synchronized @Nullable KeptFile find(String id) {
        return byId.get(id);
    }

    synchronized @Nullable KeptFile remove(String id) {
        return byId.remove(id);
    }

    /** Oldest first. */
    synchronized List<KeptFile> all() {
        return List.copyOf(byId.values());
    }
}
