package io.github.regionrouter.attempt;

import io.github.regionrouter.attempt.Outcome.Failed;
import io.github.regionrouter.attempt.Outcome.Failure;
import io.github.regionrouter.attempt.Outcome.Misconfigured;
import io.github.regionrouter.attempt.Outcome.Obstacle;
import io.github.regionrouter.attempt.Outcome.Rejected;
import io.github.regionrouter.attempt.Outcome.Served;
import io.github.regionrouter.attempt.Outcome.Throttled;
import io.github.regionrouter.attempt.Outcome.Unreachable;
import io.github.regionrouter.attempt.Step.Finish;
import io.github.regionrouter.attempt.Step.Send;
import io.github.regionrouter.attempt.Step.Wait;
import io.github.regionrouter.region.HealthBoard;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.region.RegionSelector;
import io.github.regionrouter.region.RegionSelector.Choice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One call's story as a state machine: where R2 to R6, R9 and R10 are decided. Given what an attempt came to, it says where
 * to send the call next, how long to wait, or how the call ends. It does no I/O and never sleeps, so tables and random
 * sequences of outcomes can test it.
 *
 * <p>The story in short: a call asks each region at most once, except that a region which throttled it may be asked again
 * when its cooldown is over. It moves on at once while a region is free; only when none is does it wait, and never longer
 * than the rules and the deadline allow.
 *
 * <p>One call uses one plan, one step after the other; not thread-safe.
 */
public final class CallPlan {

    /** Who finds the first call after a pause still out looks again this soon (R4). */
    static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    /** Waits end a little late, never early, so that the instances of a router do not all wake at once (R5). */
    static final Duration LONGEST_JITTER = Duration.ofMillis(100);

    private final List<Region> left;
    private final boolean repeatable;
    private final RetryRules rules;
    private final Deadline deadline;
    private final HealthBoard board;
    private final RegionSelector selector;
    private final DoubleSupplier random;
    private final EnumSet<Met> met = EnumSet.noneOf(Met.class);
    private final Set<Region> throttlers = new HashSet<>();

    private @Nullable Region forced;
    private @Nullable Choice current;
    private Duration currentLimit = Duration.ZERO;
    private int attempts;
    private Duration waited = Duration.ZERO;
    private int serverErrors;
    private int ownStatus = 502;

    /**
     * @param candidates where the call may go (R1), in tier order
     * @param forced the region to try first (R15), or null
     * @param repeatable whether the call may go out again after it may have been carried out (R6)
     * @param random uniform in [0, 1)
     */
    public CallPlan(
            List<Region> candidates,
            @Nullable Region forced,
            boolean repeatable,
            RetryRules rules,
            Deadline deadline,
            HealthBoard board,
            RegionSelector selector,
            DoubleSupplier random) {
        this.left = new ArrayList<>(candidates);
        this.forced = forced;
        this.repeatable = repeatable;
        this.rules = rules;
        this.deadline = deadline;
        this.board = board;
        this.selector = selector;
        this.random = random;
    }

    /** The first step. */
    public Step begin() {
        return next();
    }

    /** The next step after a {@link Wait} of this length. */
    public Step afterWait(Wait wait) {
        waited = waited.plus(wait.pause());
        return next();
    }

    /**
     * The next step after an attempt.
     *
     * @throws IllegalStateException if no attempt is out
     */
    public Verdict after(Outcome outcome) {
        Choice attempt = takeCurrent();
        Region region = attempt.region();
        if (outcome instanceof Served || outcome instanceof Rejected) {
            board.served(attempt); // R9: who tells a caller of his mistake is well
            return new Verdict(Decision.RETURN, new Finish(new Ending.Relay()));
        }
        if (outcome instanceof Throttled throttled) {
            throttled(attempt, throttled.retryAfter());
        } else if (outcome instanceof Failed failed) {
            failed(attempt, failed.failure());
            if (serverErrors > 1) { // R6: bad input can cause a 500, so one other region at most
                return new Verdict(Decision.EXHAUSTED, new Finish(failedEnding()));
            }
            if (failed.failure().ambiguous() && !repeatable) {
                return new Verdict(Decision.FAIL_FAST, new Finish(failedEnding()));
            }
        } else if (outcome instanceof Unreachable unreachable) {
            unreachable(attempt, unreachable.obstacle());
        } else if (outcome instanceof Misconfigured misconfigured) {
            misconfigured(attempt, misconfigured.status());
        }
        Step next = next();
        return new Verdict(decision(region, next), next);
    }

    /** The caller hung up: nothing is known of the region that was being asked. */
    public void abandon() {
        Choice attempt = current;
        if (attempt != null) {
            current = null;
            board.ended(attempt);
        }
    }

    private void throttled(Choice attempt, @Nullable Duration wait) {
        if (wait != null && wait.compareTo(RetryAfter.LONGEST_MEANT) > 0) { // R3: it will never fit there
            drop(attempt.region());
            board.ended(attempt);
            met.add(Met.MISFIT);
        } else {
            board.throttled(attempt, wait);
            throttlers.add(attempt.region());
        }
    }

    private void failed(Choice attempt, Failure failure) {
        drop(attempt.region());
        if (failure == Failure.SILENCE && isHasty()) {
            board.ended(attempt); // the caller's haste is not the region's failure
        } else {
            board.failed(attempt);
        }
        met.add(Met.FAILURE);
        ownStatus = failure == Failure.SILENCE ? 504 : 502;
        serverErrors += failure == Failure.SERVER_ERROR ? 1 : 0;
    }

    private void unreachable(Choice attempt, Obstacle obstacle) {
        drop(attempt.region());
        if (obstacle == Obstacle.LOCAL) {
            board.ended(attempt); // our own pool is full
        } else {
            board.failed(attempt);
        }
        met.add(Met.FAILURE);
        ownStatus = obstacle == Obstacle.LOCAL ? 503 : 502;
    }

    private void misconfigured(Choice attempt, int status) {
        drop(attempt.region());
        board.ended(attempt);
        met.add(status == 404 ? Met.ABSENCE : status / 100 == 3 ? Met.FAILURE : Met.REFUSAL);
    }

    /** Not to be asked again by this call. */
    private void drop(Region region) {
        left.remove(region);
        throttlers.remove(region);
    }

    /** The one place where a call goes on: send if a region is free, else wait if that can help, else end. */
    private Step next() {
        long now = board.now();
        boolean mayStart = attempts == 0 || (attempts < rules.maxAttempts() && deadline.leavesTime(now, Duration.ZERO));
        Choice choice = mayStart ? choose() : null;
        if (choice != null) {
            return send(choice, now);
        }
        Soonest soonest = soonest();
        if (attempts < rules.maxAttempts()) {
            if (soonest.free()) {
                return mayStart ? new Wait(Duration.ZERO) : new Finish(new Ending.OutOfTime()); // it came free just now
            }
            if (mayWait(soonest, now)) {
                return new Wait(withJitter(soonest));
            }
        }
        return new Finish(ending(soonest));
    }

    private @Nullable Choice choose() {
        Region first = forced;
        forced = null;
        Choice choice = first == null ? null : selector.choose(List.of(first));
        return choice != null ? choice : selector.choose(left);
    }

    private Send send(Choice choice, long now) {
        attempts++;
        current = choice;
        currentLimit = deadline.attemptLimit(now, left.size() > 1, rules.attemptTimeout());
        return new Send(choice.region(), currentLimit);
    }

    private Soonest soonest() {
        Soonest soonest = Soonest.NEVER;
        for (Region region : left) {
            soonest = soonest.or(board.access(region));
        }
        return soonest;
    }

    /** R5: waiting is for cooldowns. Regions that failed are left to their breakers, and the caller is told at once. */
    private boolean mayWait(Soonest soonest, long now) {
        return (soonest.cooling() || soonest.firstCallOut())
                && waited.plus(soonest.pause()).compareTo(rules.maxWait()) <= 0
                && deadline.leavesTime(now, soonest.pause());
    }

    private Duration withJitter(Soonest soonest) {
        Duration spare = rules.maxWait().minus(waited).minus(soonest.pause());
        Duration most = spare.compareTo(LONGEST_JITTER) < 0 ? spare : LONGEST_JITTER;
        return soonest.pause().plusNanos((long) (most.toNanos() * random.getAsDouble()));
    }

    /** Mixed ends (design §5.1): throttling outweighs failures, failures outweigh what is not there. */
    private Ending ending(Soonest soonest) {
        if (soonest.cooling() || !throttlers.isEmpty()) {
            return new Ending.Throttled(soonest.pause());
        }
        if (met.contains(Met.FAILURE)) {
            return failedEnding();
        }
        if (met.contains(Met.MISFIT)) {
            return new Ending.DoesNotFit();
        }
        if (met.contains(Met.REFUSAL)) {
            return new Ending.CredentialsRefused();
        }
        return met.contains(Met.ABSENCE) ? new Ending.NotFound() : new Ending.NoneAvailable(soonest.pause());
    }

    /** A silence that lasted until the deadline is the end of the time, not one more failure (R10). */
    private Ending failedEnding() {
        return ownStatus == 504 && !deadline.leavesTime(board.now(), Duration.ZERO)
                ? new Ending.OutOfTime()
                : new Ending.Failed(ownStatus);
    }

    private static Decision decision(Region asked, Step next) {
        if (next instanceof Send send) {
            return send.region().equals(asked) ? Decision.SAME_REGION : Decision.NEXT_REGION;
        }
        if (next instanceof Wait) {
            return Decision.WAIT;
        }
        return next instanceof Finish finish && finish.ending() instanceof Ending.OutOfTime
                ? Decision.OUT_OF_TIME
                : Decision.EXHAUSTED;
    }

    /** Whether the attempt was cut shorter than a region can be blamed for. */
    private boolean isHasty() {
        return !currentLimit.equals(rules.attemptTimeout()) && currentLimit.compareTo(Deadline.USEFUL) < 0;
    }

    private Choice takeCurrent() {
        Choice attempt = current;
        if (attempt == null) {
            throw new IllegalStateException("outcome: unexpected (expected: one per Send)");
        }
        current = null;
        return attempt;
    }

    /** What the call has met; decides how it ends. */
    private enum Met {
        /** 429 for a request that will never fit (R3). */
        MISFIT,
        FAILURE,
        /** The router's credentials were refused (R7). */
        REFUSAL,
        /** Deployment or path is not there (R8). */
        ABSENCE
    }
}
