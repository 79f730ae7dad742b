package io.github.regionrouter.attempt;

import static io.github.regionrouter.testing.Regions.region;

import io.github.regionrouter.attempt.Outcome.Failed;
import io.github.regionrouter.attempt.Outcome.Failure;
import io.github.regionrouter.attempt.Outcome.Lack;
import io.github.regionrouter.attempt.Outcome.Misconfigured;
import io.github.regionrouter.attempt.Outcome.Obstacle;
import io.github.regionrouter.attempt.Outcome.Rejected;
import io.github.regionrouter.attempt.Outcome.Served;
import io.github.regionrouter.attempt.Outcome.Throttled;
import io.github.regionrouter.attempt.Outcome.Unreachable;
import io.github.regionrouter.attempt.Step.Finish;
import io.github.regionrouter.attempt.Step.Send;
import io.github.regionrouter.attempt.Step.Wait;
import io.github.regionrouter.region.Access;
import io.github.regionrouter.region.Access.FirstCall;
import io.github.regionrouter.region.Access.FirstCallOut;
import io.github.regionrouter.region.Access.Free;
import io.github.regionrouter.region.Access.Shut;
import io.github.regionrouter.region.HealthBoard;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.region.RegionSelector;
import io.github.regionrouter.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The rules over thousands of calls that nobody thought of: random regions and tiers, outcomes and times, several calls at
 * once on one board. What a call does is compared with what the rules say of the board as it stood before. A failure names
 * the seed; {@code new World(seed).run()} tells the same story again.
 */
class CallPlanRandomTest {

    private static final int WORLDS = 4_000;

    @Test
    void whateverHappensTheRulesHold() {
        int calls = 0;
        int waits = 0;
        int attempts = 0;
        for (long seed = 1; seed <= WORLDS; seed++) {
            World world = new World(seed);
            try {
                world.run();
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("seed " + seed + ": " + broken.getMessage(), broken);
            }
            calls += world.finished;
            waits += world.waits;
            attempts += world.attempts;
        }
        // The worlds must be such that something happens in them.
        check(calls > 5 * WORLDS, "only " + calls + " calls");
        check(waits > calls / 10, "only " + waits + " waits");
        check(attempts > calls, "only " + attempts + " attempts");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** A board with regions, and calls that come and go. */
    private static final class World {

        private final Random random;
        private final ManualTicker clock = new ManualTicker();
        private final HealthBoard board = new HealthBoard(clock);
        private final RegionSelector selector;
        private final List<Region> regions = new ArrayList<>();
        private final int trouble;
        private final List<Call> calls = new ArrayList<>();
        private int toCome;
        int finished;
        int waits;
        int attempts;

        World(long seed) {
            random = new Random(seed);
            selector = new RegionSelector(board, random::nextDouble);
            int tier = 1;
            int size = 1 + random.nextInt(5);
            for (int i = 0; i < size; i++) {
                tier += random.nextInt(2);
                regions.add(region("r" + i, tier, 1 + random.nextInt(4)));
            }
            trouble = random.nextInt(101);
            toCome = 5 + random.nextInt(15);
        }

        void run() {
            while (toCome > 0 || !calls.isEmpty()) {
                if (toCome > 0 && calls.size() < 4 && random.nextInt(3) > 0) {
                    toCome--;
                    clock.advance(upTo(Duration.ofSeconds(random.nextInt(4) == 0 ? 60 : 1), Duration.ofDays(1)));
                    calls.add(new Call());
                } else if (!calls.isEmpty()) {
                    Call next = calls.stream()
                            .min(Comparator.comparing(call -> call.wakesAt))
                            .orElseThrow();
                    Duration pause = next.wakesAt.minus(clock.elapsed());
                    clock.advance(pause.isNegative() ? Duration.ZERO : pause);
                    next.goOn();
                }
                calls.removeIf(call -> call.over);
            }
        }

        /** Random time up to a bound, and never past what the calls under way are waiting for. */
        private Duration upTo(Duration most, Duration bound) {
            Duration next = calls.stream()
                    .map(call -> call.wakesAt.minus(clock.elapsed()))
                    .min(Comparator.naturalOrder())
                    .orElse(bound);
            Duration time = Duration.ofNanos((long) (most.toNanos() * random.nextDouble()));
            return next.isNegative() ? Duration.ZERO : time.compareTo(next) < 0 ? time : next;
        }

        private Map<Region, Access> look() {
            Map<Region, Access> seen = new HashMap<>();
            regions.forEach(region -> seen.put(region, board.access(region)));
            return seen;
        }

        /** One call, and what the rules allow it. */
        private final class Call {

            private final List<Region> candidates;
            private final RetryRules rules;
            private final Deadline deadline;
            private final boolean repeatable = random.nextInt(4) > 0;
            private final CallPlan plan;

            /** Where this call may still go: not asked yet, or throttled there for a while. */
            private final Set<Region> open;

            private final Region forced;

            private Step step;
            private Duration wakesAt = Duration.ZERO;
            private Duration waited = Duration.ZERO;
            private int sent;
            private int steps;
            private int serverErrors;
            private boolean over;

            Call() {
                candidates = regions.stream()
                        .filter(region -> regions.size() == 1 || random.nextInt(5) > 0)
                        .toList();
                open = new HashSet<>(candidates);
                rules = new RetryRules(
                        1 + random.nextInt(8),
                        Duration.ofMillis(random.nextInt(4) == 0 ? 0 : random.nextInt(40_000)),
                        Duration.ofSeconds(1 + random.nextInt(220)),
                        random.nextBoolean() ? null : Duration.ofSeconds(1 + random.nextInt(60)),
                        null,
                        Duration.ofSeconds(60));
                Duration patience = random.nextInt(3) > 0 ? null : Duration.ofMillis(1 + random.nextInt(60_000));
                deadline = Deadline.of(clock.nanos(), rules.deadline(), patience);
                forced = candidates.isEmpty() || random.nextInt(5) > 0
                        ? null
                        : candidates.get(random.nextInt(candidates.size()));
                plan = new CallPlan(
                        candidates,
                        new Wishes(forced, null, null, "", repeatable),
                        rules,
                        deadline,
                        board,
                        selector,
                        random::nextDouble);
                Map<Region, Access> before = look();
                step = plan.begin();
                judge(step, before, null);
            }

            void goOn() {
                if (random.nextInt(50) == 0) {
                    plan.abandon();
                    over = true;
                    return;
                }
                Map<Region, Access> before = look();
                if (step instanceof Wait wait) {
                    step = plan.afterWait(wait);
                    judge(step, before, null);
                    return;
                }
                Region asked = ((Send) step).region();
                Outcome outcome = outcome();
                Verdict verdict = plan.after(outcome);
                step = verdict.next();
                note(asked, outcome);
                judgeDecision(asked, outcome, verdict);
                if (!over) {
                    judge(step, before, asked);
                }
            }

            private Outcome outcome() {
                if (random.nextInt(101) >= trouble) {
                    return new Served(200);
                }
                return switch (random.nextInt(14)) {
                    case 0, 1 -> new Throttled(429, null);
                    case 2, 3, 4 -> new Throttled(429, Duration.ofMillis(random.nextInt(20_000)));
                    case 5 -> new Throttled(429, Duration.ofSeconds(random.nextInt(400)));
                    case 6 -> new Throttled(429, Duration.ofSeconds(86_400));
                    case 7 -> new Failed(500, Failure.SERVER_ERROR);
                    case 8 -> new Failed(503, Failure.UNAVAILABLE);
                    case 9 -> new Failed(0, Failure.values()[3 + random.nextInt(3)]);
                    case 10 -> new Unreachable(Obstacle.NETWORK);
                    case 11 -> new Unreachable(Obstacle.LOCAL);
                    case 12 -> new Misconfigured(401, Lack.values()[new int[] {0, 1, 3}[random.nextInt(3)]]);
                    default -> new Rejected(400);
                };
            }

            private void note(Region asked, Outcome outcome) {
                boolean mayComeBack = outcome instanceof Throttled throttled
                        && (throttled.retryAfter() == null
                                || throttled.retryAfter().compareTo(Duration.ofSeconds(300)) <= 0);
                if (!mayComeBack) {
                    open.remove(asked);
                }
                if (outcome instanceof Failed failed && failed.failure() == Failure.SERVER_ERROR) {
                    serverErrors++;
                }
            }

            private void judgeDecision(Region asked, Outcome outcome, Verdict verdict) {
                Decision decision = verdict.decision();
                boolean answered = outcome instanceof Served || outcome instanceof Rejected;
                check(answered == (decision == Decision.RETURN), "R9: decision " + decision + " after " + outcome);
                check(
                        answered == (step instanceof Finish finish && finish.ending() instanceof Ending.Relay),
                        "R9: " + step + " after " + outcome);
                if (answered) {
                    end();
                    return;
                }
                if (outcome instanceof Failed failed) {
                    boolean ambiguous =
                            failed.failure() != Failure.SERVER_ERROR && failed.failure() != Failure.UNAVAILABLE;
                    if (ambiguous && !repeatable) {
                        check(decision == Decision.FAIL_FAST, "R6: " + decision + " after " + outcome);
                        end();
                        return;
                    }
                }
                check(decision != Decision.FAIL_FAST, "R6: failed fast after " + outcome);
                if (serverErrors > 1) {
                    check(step instanceof Finish, "R6: " + step + " after a second 500");
                    end();
                    return;
                }
                if (step instanceof Send send) {
                    check(
                            decision == (send.region().equals(asked) ? Decision.SAME_REGION : Decision.NEXT_REGION),
                            decision + " before a call to " + send.region().name());
                } else if (step instanceof Wait) {
                    check(decision == Decision.WAIT, decision + " before a wait");
                } else {
                    boolean outOfTime = ((Finish) step).ending() instanceof Ending.OutOfTime;
                    check(
                            decision == (outOfTime ? Decision.OUT_OF_TIME : Decision.EXHAUSTED),
                            decision + " before " + step);
                }
            }

            private void end() {
                check(step instanceof Finish, step + " after the end");
                over = true;
                finished++;
            }

            /** What the rules say of a step, given the board as it was; {@code asked} was changed by the step itself. */
            private void judge(Step next, Map<Region, Access> before, Region asked) {
                check(++steps < 2_000, "the call does not end");
                Map<Region, Access> seen = new HashMap<>(before);
                if (asked != null
                        && !(next instanceof Send send && send.region().equals(asked))) {
                    seen.put(asked, board.access(asked));
                }
                if (next instanceof Send send) {
                    judgeSend(send, seen, asked);
                } else if (next instanceof Wait wait) {
                    judgeWait(wait, seen);
                } else {
                    judgeEnd(((Finish) next).ending(), seen);
                    end();
                }
            }

            private void judgeSend(Send send, Map<Region, Access> seen, Region asked) {
                Region region = send.region();
                sent++;
                attempts++;
                check(sent <= rules.maxAttempts(), "R5: attempt " + sent + " of " + rules.maxAttempts());
                check(open.contains(region), "a region that this call has done with is called: " + region.name());
                if (!region.equals(asked)) {
                    check(mayBeCalled(seen.get(region)), "R4: called " + region.name() + ", " + seen.get(region));
                }
                check(
                        !(board.access(region) instanceof Shut || board.access(region) instanceof FirstCall),
                        "R4: called " + region.name() + ", now " + board.access(region));
                if (!(region.equals(forced) && sent == 1)) {
                    open.stream()
                            .filter(other -> mayBeCalled(seen.get(other)))
                            .forEach(other -> check(
                                    other.priority() >= region.priority(),
                                    "R2: called " + region.name() + " although " + other.name() + " is free"));
                }
                check(sent == 1 || useful(Duration.ZERO), "R10: an attempt with " + left() + " left");
                check(send.limit().compareTo(Duration.ZERO) > 0, "R10: no time at all for " + region.name());
                check(send.limit().compareTo(left()) <= 0, "R10: limit " + send.limit() + " of " + left());
                wakesAt = clock.elapsed().plusNanos((long) (send.limit().toNanos() * random.nextDouble()));
            }

            private void judgeWait(Wait wait, Map<Region, Access> seen) {
                waits++;
                waited = waited.plus(wait.pause());
                check(sent < rules.maxAttempts(), "R5: waits although no attempt is left");
                check(waited.compareTo(rules.maxWait()) <= 0, "R5: waits " + waited + " of " + rules.maxWait());
                check(noneFree(seen), "R3: waits although a region is free: " + seen);
                check(useful(wait.pause()), "R10: waits " + wait.pause() + " of " + left());
                Duration soonest = soonest(seen);
                boolean mayLookEarlier = seen.values().stream().anyMatch(FirstCallOut.class::isInstance);
                check(
                        mayLookEarlier || wait.pause().compareTo(soonest) >= 0,
                        "R5: waits " + wait.pause() + ", the soonest is over in " + soonest);
                check(
                        wait.pause().minus(soonest).compareTo(Duration.ofSeconds(1)) <= 0,
                        "R5: waits " + wait.pause() + ", the soonest is over in " + soonest);
                wakesAt = clock.elapsed().plus(wait.pause());
            }

            private void judgeEnd(Ending ending, Map<Region, Access> seen) {
                boolean triesLeft = sent < rules.maxAttempts();
                boolean timeLeft = sent == 0 || useful(Duration.ZERO);
                check(!(triesLeft && timeLeft) || noneFree(seen), "gives up although a region is free: " + ending);
                if (ending instanceof Ending.OutOfTime) {
                    check(!useful(Duration.ZERO), "R10: out of time with " + left() + " left");
                }
                if (ending instanceof Ending.Throttled throttled) {
                    check(
                            throttled.retryAfter().compareTo(Duration.ofSeconds(60)) <= 0
                                    && !throttled.retryAfter().isNegative(),
                            "R5: tells to wait " + throttled.retryAfter());
                }
                boolean onlyCooling = !open.isEmpty()
                        && open.stream()
                                .allMatch(region ->
                                        seen.get(region) instanceof Shut shut && shut.cause() == Access.Cause.COOLING);
                if (onlyCooling) {
                    check(ending instanceof Ending.Throttled, "R5: all are cooling, and the end is " + ending);
                    check(
                            ((Ending.Throttled) ending).retryAfter().equals(soonest(seen)),
                            "R5: tells " + ending + ", the soonest is over in " + soonest(seen));
                    check(
                            !triesLeft
                                    || waited.plus(soonest(seen)).compareTo(rules.maxWait()) > 0
                                    || !useful(soonest(seen)),
                            "R5: gives up although " + soonest(seen) + " could be waited for");
                }
                if (sent > 0 && open.isEmpty()) {
                    check(!(ending instanceof Ending.NoneAvailable), "regions were asked, and the end is " + ending);
                }
            }

            private boolean noneFree(Map<Region, Access> seen) {
                return open.stream().noneMatch(region -> mayBeCalled(seen.get(region)));
            }

            private Duration soonest(Map<Region, Access> seen) {
                return open.stream()
                        .map(region -> seen.get(region))
                        .map(access -> access instanceof Shut shut
                                ? shut.left()
                                : access instanceof FirstCallOut out ? out.left() : Duration.ZERO)
                        .min(Comparator.naturalOrder())
                        .orElse(Duration.ZERO);
            }

            private Duration left() {
                return deadline.left(clock.nanos());
            }

            /** R10: at least 5 s are left, or half of a deadline that is shorter than 10 s. */
            private boolean useful(Duration pause) {
                Duration half = deadline.length().dividedBy(2);
                Duration least = half.compareTo(Duration.ofSeconds(5)) < 0 ? half : Duration.ofSeconds(5);
                return left().minus(pause).compareTo(least) >= 0;
            }
        }

        private static boolean mayBeCalled(Access access) {
            return access instanceof Free || access instanceof FirstCall;
        }
    }
}
