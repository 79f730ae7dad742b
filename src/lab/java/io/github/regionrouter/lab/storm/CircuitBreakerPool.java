package io.github.regionrouter.lab.storm;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A backend pool with circuit breakers, as Azure documents it for API Management: one 429 opens a region's breaker for its
 * {@code Retry-After}, one 5xx for a minute; a weighted pick among the closed ones of the lowest priority; as many attempts as
 * there are regions, at once. When all are open the caller gets 503. A breaker closes for everybody at once, without a probe.
 */
final class CircuitBreakerPool implements Policy {

    private static final long TRIP = 60 * VirtualTime.SECOND;

    private final World world;
    private final RandomGenerator random;
    private final long[] openUntil;

    CircuitBreakerPool(World world, RandomGenerator random) {
        this.world = world;
        this.random = random;
        openUntil = new long[world.regions().size()];
    }

    @Override
    public Journey journey(Call call) {
        return new Journey() {

            private int asked;
            private int current;

            @Override
            public Move begin() {
                List<Integer> closed = closed();
                if (closed.isEmpty()) {
                    return new Move.Refuse(503, Move.NOT_TOLD);
                }
                asked++;
                current = byWeight(closed);
                return new Move.Send(current);
            }

            @Override
            public Move after(Reply reply) {
                if (reply instanceof Reply.Admitted) {
                    return new Move.Relay();
                }
                long pause = reply instanceof Reply.Throttled throttled ? throttled.retryAfter() : TRIP;
                openUntil[current] = Math.max(openUntil[current], world.time().nanos() + pause);
                return asked < openUntil.length ? begin() : new Move.Relay();
            }
        };
    }

    private List<Integer> closed() {
        List<Integer> closed = new ArrayList<>();
        for (int i = 0; i < openUntil.length; i++) {
            if (openUntil[i] <= world.time().nanos()) {
                closed.add(i);
            }
        }
        int lowest = closed.stream().mapToInt(this::priority).min().orElse(0);
        closed.removeIf(region -> priority(region) > lowest);
        return closed;
    }

    private int byWeight(List<Integer> closed) {
        int total = closed.stream().mapToInt(this::weight).sum();
        int point = random.nextInt(total);
        for (int region : closed) {
            point -= weight(region);
            if (point < 0) {
                return region;
            }
        }
        throw new IllegalStateException("point: " + point + " (expected: below 0)");
    }

    private int priority(int region) {
        return world.regions().get(region).spec().priority();
    }

    private int weight(int region) {
        return world.regions().get(region).spec().weight();
    }
}
