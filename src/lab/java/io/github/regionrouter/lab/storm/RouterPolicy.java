package io.github.regionrouter.lab.storm;

import io.github.regionrouter.attempt.Answer;
import io.github.regionrouter.attempt.CallPlan;
import io.github.regionrouter.attempt.Deadline;
import io.github.regionrouter.attempt.Ending;
import io.github.regionrouter.attempt.OutcomeClassifier;
import io.github.regionrouter.attempt.RetryRules;
import io.github.regionrouter.attempt.Step;
import io.github.regionrouter.attempt.Wishes;
import io.github.regionrouter.region.Credential;
import io.github.regionrouter.region.Deployment;
import io.github.regionrouter.region.HealthBoard;
import io.github.regionrouter.region.Model;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.region.RegionSelector;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The router itself: its plan, its board, its selector and its reading of answers; only the sending is simulated. */
final class RouterPolicy implements Policy {

    private static final RetryRules RULES = RetryRules.DEFAULT;

    private final World world;
    private final RandomGenerator random;
    private final HealthBoard board;
    private final RegionSelector selector;
    private final List<Region> byNumber;
    private final List<Region> candidates;

    RouterPolicy(World world, RandomGenerator random) {
        this.world = world;
        this.random = random;
        board = new HealthBoard(world.time());
        selector = new RegionSelector(board, random::nextDouble);
        byNumber = regions(world);
        candidates = new Model("gpt-4o", byNumber, false).candidates(null);
    }

    private static List<Region> regions(World world) {
        List<Region> regions = new ArrayList<>();
        for (QuotaRegion region : world.regions()) {
            RegionSpec spec = region.spec();
            Deployment deployment = new Deployment(URI.create("https://" + spec.name() + ".example"), "gpt-4o");
            regions.add(new Region(
                    spec.name(), deployment, spec.priority(), spec.weight(), null, new Credential.ManagedIdentity()));
        }
        return List.copyOf(regions);
    }

    @Override
    public Journey journey(Call call) {
        String cacheKey = call.cacheKey() < 0 ? null : "prefix-" + call.cacheKey();
        Wishes wishes = new Wishes(null, null, cacheKey, "", true);
        Deadline deadline = Deadline.of(board.now(), RULES.deadline(), null);
        return new Routed(new CallPlan(candidates, wishes, RULES, deadline, board, selector, random::nextDouble));
    }

    private final class Routed implements Journey {

        private final CallPlan plan;
        private Step.@Nullable Wait wait;
        private @Nullable Region asked;

        Routed(CallPlan plan) {
            this.plan = plan;
        }

        @Override
        public Move begin() {
            return move(plan.begin());
        }

        @Override
        public Move after(Reply reply) {
            if (!(reply instanceof Reply.Admitted) && asked != null) {
                board.arrived(asked);
            }
            Instant now = Instant.ofEpochSecond(0, world.time().nanos());
            return move(plan.after(OutcomeClassifier.classify(answer(reply), false, now))
                    .next());
        }

        @Override
        public Move afterWait() {
            Step.Wait over = wait;
            if (over == null) {
                throw new IllegalStateException("wait: none (expected: one)");
            }
            return move(plan.afterWait(over));
        }

        @Override
        public void over(int region) {
            board.arrived(byNumber.get(region));
        }

        private Move move(Step step) {
            if (step instanceof Step.Send send) {
                asked = send.region();
                board.sent(send.region());
                return new Move.Send(byNumber.indexOf(send.region()));
            }
            if (step instanceof Step.Wait next) {
                wait = next;
                return new Move.Wait(next.pause().toNanos());
            }
            return ending(((Step.Finish) step).ending());
        }
    }

    private static Move ending(Ending ending) {
        if (ending instanceof Ending.Throttled throttled) {
            return new Move.Refuse(429, throttled.retryAfter().toNanos());
        }
        if (ending instanceof Ending.NoneAvailable none) {
            return new Move.Refuse(503, none.retryAfter().toNanos());
        }
        return ending instanceof Ending.OutOfTime ? new Move.Refuse(504, Move.NOT_TOLD) : new Move.Relay();
    }

    /** As Azure writes it: whole seconds, and the exact milliseconds beside them. */
    private static Answer answer(Reply reply) {
        if (reply instanceof Reply.Throttled throttled) {
            Duration wait = Duration.ofNanos(throttled.retryAfter());
            String millis = Long.toString(wait.plusNanos(999_999).toMillis());
            String seconds = Long.toString(wait.plusNanos(999_999_999).toSeconds());
            return new Answer(429, Map.of("retry-after-ms", millis, "retry-after", seconds)::get, null);
        }
        return new Answer(reply instanceof Reply.Admitted ? 200 : 503, name -> null, null);
    }
}
