package io.github.regionrouter.testing;

import io.github.regionrouter.region.Credential;
import io.github.regionrouter.region.Deployment;
import io.github.regionrouter.region.HealthBoard;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.region.RegionSelector.Choice;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Regions with an endpoint of their own and the deployment {@code gpt-4o}. */
public final class Regions {

    private Regions() {}

    /** In tier 1, with weight 1. */
    public static Region region(String name) {
        return region(name, 1);
    }

    /** With weight 1. */
    public static Region region(String name, int priority) {
        return region(name, priority, 1);
    }

    /** Without a zone. */
    public static Region region(String name, int priority, int weight) {
        return region(name, priority, weight, null);
    }

    /** With everything that matters to routing. */
    public static Region region(String name, int priority, int weight, @Nullable String zone) {
        return new Region(
                name,
                new Deployment(URI.create("https://aoai-" + name + ".openai.azure.com"), "gpt-4o"),
                priority,
                weight,
                zone,
                new Credential.ApiKey("key of the region"));
    }

    /** A call to the region that sets out now, and is not the first after a pause. */
    public static Choice sent(HealthBoard board, Region region) {
        return new Choice(region, false, board.now());
    }
}
