package io.github.regionrouter.lab.storm;

import java.util.random.RandomGenerator;

/**
 * The API Management policy of docs/migrate-from-apim.md: a random region, on 429 the next in turn, at once the first time and
 * after 4, 6, 10, 18 and then 20 s the other times, thirty retries at most. Any other status goes to the caller.
 */
final class ApiManagementWalk implements Policy {

    private static final int RETRIES = 30;
    private static final int[] SECONDS = {0, 4, 6, 10, 18, 20};

    private final int regions;
    private final RandomGenerator random;

    ApiManagementWalk(World world, RandomGenerator random) {
        regions = world.regions().size();
        this.random = random;
    }

    @Override
    public Journey journey(Call call) {
        return new Journey() {

            private final int first = random.nextInt(regions);
            private int retries;

            @Override
            public Move begin() {
                return new Move.Send((first + retries) % regions);
            }

            @Override
            public Move after(Reply reply) {
                if (!(reply instanceof Reply.Throttled) || retries == RETRIES) {
                    return new Move.Relay();
                }
                int pause = SECONDS[Math.min(retries, SECONDS.length - 1)];
                retries++;
                return pause == 0 ? begin() : new Move.Wait(pause * VirtualTime.SECOND);
            }

            @Override
            public Move afterWait() {
                return begin();
            }
        };
    }
}
