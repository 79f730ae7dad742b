package io.github.regionrouter;

import io.github.regionrouter.memory.StateMemory.Whereabouts;
import io.github.regionrouter.openai.OpenAiCall;
import io.github.regionrouter.openai.OpenAiError;
import io.github.regionrouter.openai.RefusedCall;
import io.github.regionrouter.region.Deployment;
import io.github.regionrouter.region.Model;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.region.RoutingTable;
import io.github.regionrouter.settings.RouterSettings.Caller;
import java.net.URI;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * R1: where a call may go. A model's regions inside the fence; for a call that names no model, every resource that some model of
 * the caller's has a region in; and of these the owner alone, when it is known where the state lives that the call names (R12).
 */
final class Candidates {

    /** Health of calls that name no deployment is kept apart from that of the deployments. */
    private static final String NO_DEPLOYMENT = "*";

    private Candidates() {}

    /**
     * In tier order, never empty.
     *
     * @throws RefusedCall if the caller may not go anywhere with this call
     */
    static List<Region> of(OpenAiCall call, RoutingTable table, Caller caller, Whereabouts whereabouts) {
        if (whereabouts instanceof Whereabouts.Foreign) {
            throw new RefusedCall(OpenAiError.stateNotFound());
        }
        String model = call.model();
        List<Region> regions = model == null ? anyOf(table, caller) : ofModel(model, table, caller);
        return whereabouts instanceof Whereabouts.At home ? owners(regions, home.endpoint()) : regions;
    }

    private static List<Region> ofModel(String name, RoutingTable table, Caller caller) {
        Model model = table.model(name);
        if (model == null) {
            throw new RefusedCall(OpenAiError.deploymentNotFound(name));
        }
        if (!caller.mayUse(name)) {
            throw new RefusedCall(OpenAiError.modelNotAllowed(name));
        }
        List<Region> regions = model.candidates(caller.zone());
        if (regions.isEmpty()) {
            throw new RefusedCall(OpenAiError.noRegionInZone(name));
        }
        return regions;
    }

    private static List<Region> anyOf(RoutingTable table, Caller caller) {
        Map<URI, Region> byResource = new LinkedHashMap<>();
        table.models().values().stream()
                .filter(model -> caller.mayUse(model.name()))
                .sorted(Comparator.comparing(Model::name)) // the same order on every instance
                .flatMap(model -> model.candidates(caller.zone()).stream())
                .forEach(region -> byResource.putIfAbsent(region.endpoint(), ofResource(region)));
        if (byResource.isEmpty()) {
            throw new RefusedCall(OpenAiError.noRegionInZone("any"));
        }
        return byResource.values().stream()
                .sorted(Comparator.comparingInt(Region::priority))
                .toList();
    }

    private static Region ofResource(Region region) {
        return new Region(
                region.name(),
                new Deployment(region.endpoint(), NO_DEPLOYMENT),
                region.priority(),
                region.weight(),
                region.zone(),
                region.credential());
    }

    /** Every deployment that a call may be sent to, those of calls without a model among them. */
    static Set<Deployment> deployments(RoutingTable table) {
        Set<Deployment> all = new HashSet<>(table.deployments());
        table.deployments().forEach(known -> all.add(new Deployment(known.endpoint(), NO_DEPLOYMENT)));
        return all;
    }

    /** The owner alone; everybody, if the owner is no longer among them. */
    private static List<Region> owners(List<Region> regions, URI endpoint) {
        List<Region> owners = regions.stream()
                .filter(region -> region.endpoint().equals(endpoint))
                .toList();
        return owners.isEmpty() ? regions : owners;
    }

    /** The candidate of this name, or null if there is none. */
    static @Nullable Region named(@Nullable String name, List<Region> candidates) {
        return candidates.stream()
                .filter(region -> region.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** R15: the region that the caller wants to be tried first, for tests of throttling. */
    static @Nullable Region forced(@Nullable String wanted, List<Region> candidates, OpenAiCall call, Caller caller) {
        if (wanted == null) {
            return null;
        }
        if (!caller.forceRegion()) {
            throw new RefusedCall(OpenAiError.forceRegionNotAllowed());
        }
        Region region = named(wanted, candidates);
        if (region == null) {
            throw new RefusedCall(OpenAiError.unknownRegion(wanted, String.valueOf(call.model())));
        }
        return region;
    }
}
