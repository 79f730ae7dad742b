package io.github.regionrouter.lab.simulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one simulated region is; immutable, changed by its withers.
 *
 * @param name the region as Azure names it in code, e.g. {@code eastus2}
 * @param port the loopback port; 0 for any free one
 * @param apiKey the only key accepted; null for any key, token or none
 * @param deployments the deployments served; empty for any name
 * @param quotas of each deployment that has none of its own
 * @param ownQuotas of single deployments, by name
 * @param logged how many requests the log keeps with their bodies, 0 to 1,000,000
 * @param clock nanoseconds from any origin, for quotas, prompt caching and the times of faults; delays are always real time
 */
public record RegionConfig(
        String name,
        int port,
        @Nullable String apiKey,
        Set<String> deployments,
        Quotas quotas,
        Map<String, Quotas> ownQuotas,
        Pace pace,
        Filter filter,
        Caching caching,
        int logged,
        LongSupplier clock) {

    private static final int MOST_LOGGED = 1_000_000;
    private static final int USUALLY_LOGGED = 10_000;

    /** Checks the ranges. */
    public RegionConfig {
        Check.that(!name.isBlank(), "name", name, "not blank");
        Check.that(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
        Check.that(logged >= 0 && logged <= MOST_LOGGED, "logged", logged, "0 to " + MOST_LOGGED);
        deployments = Set.copyOf(deployments);
        ownQuotas = Map.copyOf(ownQuotas);
    }

    /** A region on any free port which serves every deployment to everybody, at once and without quota. */
    public static RegionConfig named(String name) {
        return new RegionConfig(
                name,
                0,
                null,
                Set.of(),
                Quotas.NONE,
                Map.of(),
                Pace.AT_ONCE,
                Filter.MARKS,
                Caching.USUAL,
                USUALLY_LOGGED,
                new DrivenClock());
    }

    /** With this loopback port; 0 for any free one. */
    public RegionConfig port(int value) {
        return new RegionConfig(
                name, value, apiKey, deployments, quotas, ownQuotas, pace, filter, caching, logged, clock);
    }

    /** With this key, which a caller sends as {@code api-key}, {@code x-api-key} or bearer token. */
    public RegionConfig apiKey(@Nullable String value) {
        return new RegionConfig(
                name, port, value, deployments, quotas, ownQuotas, pace, filter, caching, logged, clock);
    }

    /** With these deployments only; any other one is answered {@code DeploymentNotFound}. */
    public RegionConfig deployments(String... values) {
        return deployments(Set.of(values));
    }

    /** With these deployments only; any other one is answered {@code DeploymentNotFound}. */
    public RegionConfig deployments(Set<String> values) {
        return new RegionConfig(name, port, apiKey, values, quotas, ownQuotas, pace, filter, caching, logged, clock);
    }

    /** With these quotas for each deployment that has none of its own. */
    public RegionConfig quotas(Quotas value) {
        return new RegionConfig(
                name, port, apiKey, deployments, value, ownQuotas, pace, filter, caching, logged, clock);
    }

    /** With these quotas for one deployment, whatever the others have. */
    public RegionConfig quotas(String deployment, Quotas value) {
        Map<String, Quotas> own = new LinkedHashMap<>(ownQuotas);
        own.put(deployment, value);
        return new RegionConfig(name, port, apiKey, deployments, quotas, own, pace, filter, caching, logged, clock);
    }

    /** At this pace. */
    public RegionConfig pace(Pace value) {
        return new RegionConfig(
                name, port, apiKey, deployments, quotas, ownQuotas, value, filter, caching, logged, clock);
    }

    /** With this content filter. */
    public RegionConfig filter(Filter value) {
        return new RegionConfig(
                name, port, apiKey, deployments, quotas, ownQuotas, pace, value, caching, logged, clock);
    }

    /** With this memory for prompts. */
    public RegionConfig caching(Caching value) {
        return new RegionConfig(name, port, apiKey, deployments, quotas, ownQuotas, pace, filter, value, logged, clock);
    }

    /** With this many requests in its log. */
    public RegionConfig logged(int most) {
        return new RegionConfig(name, port, apiKey, deployments, quotas, ownQuotas, pace, filter, caching, most, clock);
    }

    /** With this clock, in nanoseconds; a {@link DrivenClock} can be put forward through the control API. */
    public RegionConfig clock(LongSupplier nanos) {
        return new RegionConfig(
                name, port, apiKey, deployments, quotas, ownQuotas, pace, filter, caching, logged, nanos);
    }

    /** With this many tokens per minute and deployment; 0 for no quota. */
    public RegionConfig tokensPerMinute(long value) {
        return quotas(quotas.tokensPerMinute(value));
    }

    /** With this many requests per minute and deployment; 0 for no quota. */
    public RegionConfig requestsPerMinute(int value) {
        return quotas(quotas.requestsPerMinute(value));
    }

    /** With this much time before the first token. */
    public RegionConfig firstTokenDelay(Duration value) {
        return pace(pace.firstToken(value));
    }

    /** With this much time between two tokens. */
    public RegionConfig tokenDelay(Duration value) {
        return pace(pace.token(value));
    }

    /** Whether this region has the deployment. */
    boolean serves(String deployment) {
        return deployments.isEmpty() || deployments.contains(deployment);
    }

    /** What the deployment may take. */
    Quotas quotasOf(String deployment) {
        return ownQuotas.getOrDefault(deployment, quotas);
    }
}
