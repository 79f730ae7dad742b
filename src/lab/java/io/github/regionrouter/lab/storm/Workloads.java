package io.github.regionrouter.lab.storm;

import io.github.regionrouter.lab.storm.RegionSpec.Provisioned;
import io.github.regionrouter.lab.storm.RegionSpec.Windowed;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/** The workloads of docs/storm.md. */
final class Workloads {

    private static final LongToDoubleFunction STEADY = at -> 1;

    /** Ten seconds of each minute at 3.5 times what the rest has. */
    private static final LongToDoubleFunction BURSTS = at -> at / VirtualTime.SECOND % 60 < 10 ? 2.47 : 0.706;

    private static final long MINUTE = 60 * VirtualTime.SECOND;

    private Workloads() {}

    static List<Workload> all() {
        return List.of(
                steady("steady-95", "Steady, 95 % of the quota", 0.95, minutes(4_000_000)),
                steady("small-95", "Steady, 95 % of three small quotas", 0.95, minutes(150_000)),
                steady("slices-95", "Steady, 95 %, requests counted over 10 s", 0.95, requests(660, 10)),
                steady("seconds-95", "Steady, 95 %, requests counted over 1 s", 0.95, requests(66, 1)),
                steady("steady-150", "Overload, 150 % of the quota", 1.5, minutes(4_000_000)),
                steady("slices-150", "Overload, 150 %, requests counted over 10 s", 1.5, requests(660, 10)),
                new Workload("bursts", "Bursts, 80 %, requests counted over 10 s", requests(660, 10), 0.8, BURSTS, 0),
                steady("uneven", "One region of small quota, equal weights, 90 %", 0.9, uneven()),
                steady("lost", "A region lost for 4 of 10 minutes, 60 %", 0.6, oneLost()),
                steady("provisioned", "Provisioned first, then pay-as-you-go, 80 %", 0.8, provisioned()),
                new Workload("prompts", "Prompts with 20,000 prefixes, 70 %", minutes(4_000_000), 0.7, STEADY, 20_000));
    }

    private static Workload steady(String name, String title, double share, List<RegionSpec> regions) {
        return new Workload(name, title, regions, share, STEADY, 0);
    }

    private static List<RegionSpec> minutes(long tokens) {
        return equal(Windowed.tokensPerMinute(tokens));
    }

    private static List<RegionSpec> requests(long requests, int seconds) {
        return equal(Windowed.requests(requests, seconds));
    }

    private static List<RegionSpec> equal(RegionSpec.Quota quota) {
        return List.of(
                new RegionSpec("swedencentral", 1, 1, quota),
                new RegionSpec("eastus2", 1, 1, quota),
                new RegionSpec("westus3", 1, 1, quota));
    }

    private static List<RegionSpec> uneven() {
        return List.of(
                new RegionSpec("swedencentral", 1, 1, Windowed.tokensPerMinute(6_000_000)),
                new RegionSpec("eastus2", 1, 1, Windowed.tokensPerMinute(5_400_000)),
                new RegionSpec("westus3", 1, 1, Windowed.tokensPerMinute(600_000)));
    }

    private static List<RegionSpec> oneLost() {
        List<RegionSpec> regions = minutes(4_000_000);
        return List.of(regions.get(0).lost(3 * MINUTE, 7 * MINUTE), regions.get(1), regions.get(2));
    }

    private static List<RegionSpec> provisioned() {
        return List.of(
                new RegionSpec("swedencentral-ptu", 1, 1, new Provisioned(6_000_000, 10)),
                new RegionSpec("swedencentral", 2, 1, Windowed.tokensPerMinute(3_000_000)),
                new RegionSpec("eastus2", 2, 1, Windowed.tokensPerMinute(3_000_000)));
    }
}
