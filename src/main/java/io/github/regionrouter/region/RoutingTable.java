package io.github.regionrouter.region;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every model with its regions. Immutable: a refresh swaps the whole table, and a call finishes on the one it began with.
 *
 * @param models by name
 */
public record RoutingTable(Map<String, Model> models) {

    public RoutingTable {
        models = Map.copyOf(models);
    }

    /** The model of this name, or null if it is not configured. */
    public @Nullable Model model(String name) {
        return models.get(name);
    }

    /** Every deployment that some model uses. */
    public Set<Deployment> deployments() {
        return models.values().stream()
                .flatMap(model -> model.regions().stream())
                .map(Region::deployment)
                .collect(Collectors.toUnmodifiableSet());
    }
}
