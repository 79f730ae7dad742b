package io.github.regionrouter.lab.storm;

import java.util.random.RandomGenerator;

/**
 * Knows every window of every region, whoever's calls are in it, and never asks in vain: of the lowest tier that admits the
 * call now, the region whose quota lapses soonest. Waits as long as the router may, 20 s, when none does.
 */
final class Oracle implements Policy {

    private static final long PATIENCE = 20 * VirtualTime.SECOND;

    private final World world;

    Oracle(World world, RandomGenerator random) {
        this.world = world;
    }

    @Override
    public Journey journey(Call call) {
        return new Journey() {
            @Override
            public Move begin() {
                int best = best(call);
                if (best >= 0) {
                    return new Move.Send(best);
                }
                long wait = world.untilFits(call);
                boolean patient = world.time().nanos() + wait - call.at() <= PATIENCE;
                return wait < Long.MAX_VALUE && patient ? new Move.Wait(wait) : new Move.Refuse(429, wait);
            }

            @Override
            public Move after(Reply reply) {
                return new Move.Relay();
            }

            @Override
            public Move afterWait() {
                return begin();
            }
        };
    }

    private int best(Call call) {
        int best = -1;
        for (int i = 0; i < world.regions().size(); i++) {
            if (world.regions().get(i).untilFits(call, world.time().nanos()) == 0 && (best < 0 || isBetter(i, best))) {
                best = i;
            }
        }
        return best;
    }

    private boolean isBetter(int one, int other) {
        QuotaRegion first = world.regions().get(one);
        QuotaRegion second = world.regions().get(other);
        int tiers = Integer.compare(first.spec().priority(), second.spec().priority());
        long now = world.time().nanos();
        return tiers != 0 ? tiers < 0 : first.lapses(now) < second.lapses(now);
    }
}
