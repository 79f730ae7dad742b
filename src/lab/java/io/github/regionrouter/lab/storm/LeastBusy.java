package io.github.regionrouter.lab.storm;

import java.util.random.RandomGenerator;

/**
 * The region with the fewest calls in flight, whatever its weight; after a 429 or 5xx it is left alone for 5 s and the next
 * one is asked at once, three attempts at most: LiteLLM's strategy of this name with its usual cooldown. When all are left
 * alone the caller gets 429.
 */
final class LeastBusy implements Policy {

    private static final long COOLDOWN = 5 * VirtualTime.SECOND;
    private static final int ATTEMPTS = 3;

    private final World world;
    private final RandomGenerator random;
    private final int[] inFlight;
    private final long[] coolUntil;

    LeastBusy(World world, RandomGenerator random) {
        this.world = world;
        this.random = random;
        inFlight = new int[world.regions().size()];
        coolUntil = new long[inFlight.length];
    }

    @Override
    public Journey journey(Call call) {
        return new Journey() {

            private int asked;
            private int current;

            @Override
            public Move begin() {
                int region = leastBusy();
                if (region < 0) {
                    return new Move.Refuse(429, COOLDOWN);
                }
                asked++;
                current = region;
                inFlight[region]++;
                return new Move.Send(region);
            }

            @Override
            public Move after(Reply reply) {
                if (reply instanceof Reply.Admitted) {
                    return new Move.Relay();
                }
                inFlight[current]--;
                coolUntil[current] = world.time().nanos() + COOLDOWN;
                return asked < ATTEMPTS ? begin() : new Move.Relay();
            }

            @Override
            public void over(int region) {
                inFlight[region]--;
            }
        };
    }

    /** Ties go to any of them; -1 if all are left alone. */
    private int leastBusy() {
        int best = -1;
        int ties = 0;
        for (int i = 0; i < inFlight.length; i++) {
            if (coolUntil[i] > world.time().nanos()) {
                continue;
            }
            if (best < 0 || inFlight[i] < inFlight[best]) {
                best = i;
                ties = 1;
            } else if (inFlight[i] == inFlight[best] && random.nextInt(++ties) == 0) {
                best = i;
            }
        }
        return best;
    }
}
