package io.github.regionrouter.region;

import java.net.URI;

/**
 * What quota and failures belong to: one deployment in one Azure OpenAI resource. Cooldown and breaker are kept per
 * deployment and never per resource, since each deployment has a quota of its own (design §1, §5.1).
 *
 * @param endpoint base URL of the resource, without a trailing slash
 * @param name the deployment's name in that resource
 */
public record Deployment(URI endpoint, String name) {}
