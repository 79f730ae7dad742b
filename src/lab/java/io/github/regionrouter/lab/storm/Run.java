package io.github.regionrouter.lab.storm;

import io.github.regionrouter.lab.storm.Policy.Journey;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One workload under one policy, with so many instances of it that know nothing of each other. */
final class Run {

    /** From a router to a region and back. */
    private static final long ROUND_TRIP = 30_000_000;

    /** No caller waits longer. */
    private static final long PATIENCE = 210 * VirtualTime.SECOND;

    private final World world;
    private final Figures figures;

    private Run(World world) {
        this.world = world;
        figures = new Figures(world.regions().size());
    }

    /** The same figures for the same seed. */
    static Figures of(Workload workload, Policy.Maker maker, int instances, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        World world = World.of(workload.regions(), random.split());
        List<Call> calls = workload.calls(random.nextLong());
        List<Policy> policies = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            policies.add(maker.make(world, random.split()));
        }
        Run run = new Run(world);
        for (Call call : calls) {
            world.time()
                    .at(
                            call.at(),
                            () -> run.new Passage(call).begin(policies.get((int) (call.lot() * policies.size()))));
        }
        world.time().run();
        return run.figures;
    }

    private static boolean counts(long at) {
        return at >= Workload.COUNT_FROM && at < Workload.COUNT_UNTIL;
    }

    /** One call on its way. */
    private final class Passage {

        private final Call call;

        Passage(Call call) {
            this.call = call;
        }

        void begin(Policy policy) {
            Journey journey = policy.journey(call);
            go(journey, journey.begin(), null);
        }

        private void go(Journey journey, Move move, @Nullable Reply last) {
            if (move instanceof Move.Send send) {
                send(journey, send.region());
            } else if (move instanceof Move.Wait wait) {
                rest(journey, wait.nanos());
            } else if (move instanceof Move.Refuse refuse) {
                refused(refuse.status(), refuse.retryAfter());
            } else if (last instanceof Reply.Throttled throttled) {
                refused(429, throttled.retryAfter());
            } else if (last instanceof Reply.Unavailable) {
                refused(503, Move.NOT_TOLD);
            }
        }

        private void send(Journey journey, int number) {
            long now = world.time().nanos();
            QuotaRegion region = world.regions().get(number);
            Reply reply = region.ask(call, now);
            boolean admitted = reply instanceof Reply.Admitted;
            boolean known = admitted && call.cacheKey() >= 0 && region.knowsPrompt(call, now);
            if (counts(now)) {
                figures.countAttempt(now, call, number, reply, known);
            }
            if (admitted) {
                if (counts(call.at())) {
                    figures.countAnswered(now - call.at());
                }
                world.time().after(ROUND_TRIP + call.duration(), () -> journey.over(number));
            }
            long answer = ROUND_TRIP + (admitted ? call.headersAfter() : 0);
            world.time().after(answer, () -> go(journey, journey.after(reply), reply));
        }

        private void rest(Journey journey, long nanos) {
            long left = call.at() + PATIENCE - world.time().nanos();
            if (nanos > left) {
                refused(0, Move.NOT_TOLD);
            } else {
                world.time().after(nanos, () -> go(journey, journey.afterWait(), null));
            }
        }

        private void refused(int status, long retryAfter) {
            if (counts(call.at())) {
                figures.countRefused(status, retryAfter, world.untilFits(call));
            }
        }
    }
}
