package io.github.regionrouter.lab.simulator;

import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one simulated region is; immutable, changed by its withers.
 *
 * @param name the region as Azure names it in code, e.g. {@code eastus2}
 * @param port the loopback port; 0 for any free one
 * @param deployments the deployments served; empty for any name
 * @param apiKey the only key accepted; null for any key, token or none
 * @param tokensPerMinute quota of each deployment in tokens per minute; 0 for none
 * @param requestsPerMinute quota of each deployment in requests per minute; 0 for none
 * @param firstTokenDelay time before the first token of an answer
 * @param tokenDelay time between two tokens; a JSON answer takes as long as its tokens
 * @param clock nanoseconds from any origin, for the quotas only; delays are always real time
 */
public record RegionConfig(
        String name,
        int port,
        Set<String> deployments,
        @Nullable String apiKey,
        long tokensPerMinute,
        int requestsPerMinute,
        Duration firstTokenDelay,
        Duration tokenDelay,
        LongSupplier clock) {

    /** Checks the ranges. */
    public RegionConfig {
        Check.that(!name.isBlank(), "name", name, "not blank");
        Check.that(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
        Check.that(tokensPerMinute >= 0, "tokensPerMinute", tokensPerMinute, ">= 0");
        Check.that(requestsPerMinute >= 0, "requestsPerMinute", requestsPerMinute, ">= 0");
        Check.that(!firstTokenDelay.isNegative(), "firstTokenDelay", firstTokenDelay, ">= 0");
        Check.that(!tokenDelay.isNegative(), "tokenDelay", tokenDelay, ">= 0");
        deployments = Set.copyOf(deployments);
    }

    /** A region on any free port which serves every deployment to everybody, at once and without quota. */
    public static RegionConfig named(String name) {
        return new RegionConfig(name, 0, Set.of(), null, 0, 0, Duration.ZERO, Duration.ZERO, System::nanoTime);
    }

    /** With this loopback port; 0 for any free one. */
    public RegionConfig port(int value) {
        return new RegionConfig(
                name,
                value,
                deployments,
                apiKey,
                tokensPerMinute,
                requestsPerMinute,
                firstTokenDelay,
                tokenDelay,
                clock);
    }

    /** With these deployments only; any other one is answered {@code DeploymentNotFound}. */
    public RegionConfig deployments(String... values) {
        return new RegionConfig(
                name,
                port,
                Set.of(values),
                apiKey,
                tokensPerMinute,
                requestsPerMinute,
                firstTokenDelay,
                tokenDelay,
                clock);
    }

    /** With this key, which a caller sends as {@code api-key}, {@code x-api-key} or bearer token. */
    public RegionConfig apiKey(@Nullable String value) {
        return new RegionConfig(
                name, port, deployments, value, tokensPerMinute, requestsPerMinute, firstTokenDelay, tokenDelay, clock);
    }

    /** With this many tokens per minute and deployment; 0 for no quota. */
    public RegionConfig tokensPerMinute(long value) {
        return new RegionConfig(
                name, port, deployments, apiKey, value, requestsPerMinute, firstTokenDelay, tokenDelay, clock);
    }

    /** With this many requests per minute and deployment, enforced in slices of 10 s; 0 for no quota. */
    public RegionConfig requestsPerMinute(int value) {
        return new RegionConfig(
                name, port, deployments, apiKey, tokensPerMinute, value, firstTokenDelay, tokenDelay, clock);
    }

    /** With this much time before the first token. */
    public RegionConfig firstTokenDelay(Duration value) {
        return new RegionConfig(
                name, port, deployments, apiKey, tokensPerMinute, requestsPerMinute, value, tokenDelay, clock);
    }

    /** With this much time between two tokens. */
    public RegionConfig tokenDelay(Duration value) {
        return new RegionConfig(
                name, port, deployments, apiKey, tokensPerMinute, requestsPerMinute, firstTokenDelay, value, clock);
    }

    /** With this clock for the quotas, in nanoseconds. */
    public RegionConfig clock(LongSupplier nanos) {
        return new RegionConfig(
                name,
                port,
                deployments,
                apiKey,
                tokensPerMinute,
                requestsPerMinute,
                firstTokenDelay,
                tokenDelay,
                nanos);
    }

    /** Whether this region has the deployment. */
    boolean serves(String deployment) {
        return deployments.isEmpty() || deployments.contains(deployment);
    }
}
