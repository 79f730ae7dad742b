package io.github.regionrouter.lab.storm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Every workload under every policy with every number of instances: the same figures for the same seed, in whatever order the
 * runs end.
 *
 * @param seed the first of {@link #SEEDS} in a row, whose runs are added up
 */
record Storm(List<Workload> workloads, long seed, Map<Storm.Key, Figures> figures) {

    static final List<Integer> INSTANCES = List.of(1, 4, 40);

    /** The instances of the big table. */
    static final int USUAL = 4;

    static final int SEEDS = 3;

    /** Runs on all cores. */
    static Storm of(List<Workload> workloads, long seed) {
        List<Key> keys = workloads.stream().flatMap(Storm::keys).toList();
        Map<Key, Figures> figures = new HashMap<>();
        keys.parallelStream()
                .map(key -> Map.entry(key, key.run(seed)))
                .toList()
                .forEach(run -> figures.put(run.getKey(), run.getValue()));
        return new Storm(workloads, seed, Map.copyOf(figures));
    }

    private static Stream<Key> keys(Workload workload) {
        return Stream.of(Policies.values())
                .flatMap(policy -> (policy == Policies.ORACLE ? List.of(1) : INSTANCES)
                        .stream().map(instances -> new Key(workload, policy, instances)));
    }

    Figures of(Workload workload, Policies policy, int instances) {
        Key key = new Key(workload, policy, policy == Policies.ORACLE ? 1 : instances);
        Figures found = figures.get(key);
        if (found == null) {
            throw new IllegalArgumentException(key + ": not run (expected: one of the storm's)");
        }
        return found;
    }

    /** Tokens admitted, as a share of what the oracle got admitted. */
    double goodput(Workload workload, Policies policy, int instances) {
        double oracle = of(workload, Policies.ORACLE, 1).goodput();
        return of(workload, policy, instances).goodput() / oracle;
    }

    /** One run, or several that are added up. */
    record Key(Workload workload, Policies policy, int instances) {

        private Figures run(long seed) {
            Figures sum = new Figures(workload.regions().size());
            for (int i = 0; i < SEEDS; i++) {
                sum.add(Run.of(workload, policy.maker(), instances, seed + i));
            }
            return sum;
        }
    }
}
