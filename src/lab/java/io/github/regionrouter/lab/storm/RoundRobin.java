package io.github.regionrouter.lab.storm;

import java.util.random.RandomGenerator;

/**
 * The next region for each call, the one after it at once on 429 or 5xx, each once: what nginx with {@code proxy_next_upstream}
 * and most client libraries do. Knows nothing of what it met before.
 */
final class RoundRobin implements Policy {

    private final int regions;
    private int next;

    RoundRobin(World world, RandomGenerator random) {
        regions = world.regions().size();
        next = random.nextInt(regions);
    }

    @Override
    public Journey journey(Call call) {
        int first = next;
        next = (next + 1) % regions;
        return new Walk(first, regions);
    }
}
