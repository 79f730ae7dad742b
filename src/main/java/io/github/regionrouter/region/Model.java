package io.github.regionrouter.region;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A name that callers ask for, and the regions that serve it.
 *
 * @param name the model's name, {@code gpt-4o}
 * @param regions at least one, in tier order; within a tier in the order of the settings
 * @param stayInZone whether callers without a zone of their own are kept in the zone of the first region (R1, design §5.1)
 */
public record Model(String name, List<Region> regions, boolean stayInZone) {

    /** @throws IllegalArgumentException if there is no region */
    public Model {
        if (regions.isEmpty()) {
            throw new IllegalArgumentException("regions: empty (expected: at least one region)");
        }
        regions = regions.stream()
                .sorted(Comparator.comparingInt(Region::priority))
                .toList();
    }

    /**
     * R1: the regions that a caller may be sent to. A caller's zone is a fence by itself.
     *
     * @param callerZone the caller's zone, if it has one
     * @return in tier order; empty if nothing of the model stands inside the fence
     */
    public List<Region> candidates(@Nullable String callerZone) {
        String fence =
                callerZone != null ? callerZone : stayInZone ? regions.get(0).zone() : null;
        return fence == null
                ? regions
                : regions.stream().filter(region -> fence.equals(region.zone())).toList();
    }

    /** The region of this name, if the model has it. */
    public Optional<Region> region(String wanted) {
        return regions.stream().filter(region -> region.name().equals(wanted)).findFirst();
    }
}
