package io.github.regionrouter.lab.storm;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The clock and the regions of one run.
 *
 * @param regions numbered by their place
 */
record World(VirtualTime time, List<QuotaRegion> regions) {

    /** @param random where in their windows the regions begin */
    static World of(List<RegionSpec> specs, RandomGenerator random) {
        List<QuotaRegion> regions = new ArrayList<>();
        for (RegionSpec spec : specs) {
            regions.add(new QuotaRegion(spec, random.nextDouble()));
        }
        return new World(new VirtualTime(), List.copyOf(regions));
    }

    /** The soonest time at which some region admits the call, from now; {@link Long#MAX_VALUE} if all are lost. */
    long untilFits(Call call) {
        long soonest = Long.MAX_VALUE;
        for (QuotaRegion region : regions) {
            soonest = Math.min(soonest, region.untilFits(call, time.nanos()));
        }
        return soonest;
    }
}
