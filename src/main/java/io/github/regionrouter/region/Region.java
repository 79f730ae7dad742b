package io.github.regionrouter.region;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One deployment of a model in one Azure region (design §1).
 *
 * @param name the Azure region's name, {@code eastus}; unique within a model
 * @param deployment where calls go, and what cooldown and breaker are kept for
 * @param priority number of the tier, from 1; the lower tier is used first (R2)
 * @param weight share of the load within its tier, from 1 (R2)
 * @param zone the fence this region stands in, if any (R1)
 * @param credential how the router proves itself there
 */
public record Region(
        String name,
        Deployment deployment,
        int priority,
        int weight,
        @Nullable String zone,
        Credential credential) {

    /** Base URL of the Azure OpenAI resource, without a trailing slash. */
    public URI endpoint() {
        return deployment.endpoint();
    }
}
