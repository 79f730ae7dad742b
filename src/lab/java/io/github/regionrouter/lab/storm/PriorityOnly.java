package io.github.regionrouter.lab.storm;

import java.util.random.RandomGenerator;

/** The first region of the list for every call, then the second, then the third, at once: a plain fallback list. */
final class PriorityOnly implements Policy {

    private final int regions;

    PriorityOnly(World world, RandomGenerator random) {
        regions = world.regions().size();
    }

    @Override
    public Journey journey(Call call) {
        return new Walk(0, regions);
    }
}
