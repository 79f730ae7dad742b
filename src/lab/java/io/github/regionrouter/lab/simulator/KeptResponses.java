package io.github.regionrouter.lab.simulator;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The newest responses that one region keeps, and their items, by id; no other region knows them. Thread-safe. */
final class KeptResponses {

    private static final int MOST = 10_000;

    private final LongSupplier clock;
    private final Map<String, KeptResponse> byId = new LinkedHashMap<>();
    private final Map<String, Item> items = new HashMap<>();

    KeptResponses(LongSupplier clock) {
        this.clock = clock;
    }

    /** The time by which responses in the background go on. */
    long now() {
        return clock.getAsLong();
    }

    synchronized void keep(KeptResponse response) {
        String owner = response.response().id();
        byId.put(owner, response);
        response.items().forEach((id, text) -> items.putIfAbsent(id, new Item(owner, text)));
        if (byId.size() > MOST) {
            remove(byId.keySet().iterator().next());
        }
    }

    synchronized @Nullable KeptResponse find(String id) {
        return byId.get(id);
    }

    /** The text of an item. */
    synchronized @Nullable PromptText item(String id) {
        Item item = items.get(id);
        return item == null ? null : item.text();
    }

    synchronized @Nullable KeptResponse change(String id, UnaryOperator<KeptResponse> change) {
        return byId.computeIfPresent(id, (same, kept) -> change.apply(kept));
    }

    synchronized @Nullable KeptResponse remove(String id) {
        KeptResponse gone = byId.remove(id);
        if (gone != null) {
            gone.items().forEach((item, text) -> items.remove(item, new Item(id, text)));
        }
        return gone;
    }

    /** An item goes with the response that had it first. */
    private record Item(String owner, PromptText text) {}
}
