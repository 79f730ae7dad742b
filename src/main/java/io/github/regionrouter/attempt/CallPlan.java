package io.github.regionrouter.attempt;

import io.github.regionrouter.attempt.Outcome.Cut;
import io.github.regionrouter.attempt.Outcome.Failed;
import io.github.regionrouter.attempt.Outcome.Failure;
import io.github.regionrouter.attempt.Outcome.Lack;
import io.github.regionrouter.attempt.Outcome.Misconfigured;
import io.github.regionrouter.attempt.Outcome.NotHere;
import io.github.regionrouter.attempt.Outcome.Rejected;
import io.github.regionrouter.attempt.Outcome.Served;
import io.github.regionrouter.attempt.Outcome.Throttled;
import io.github.regionrouter.attempt.Outcome.Unreachable;
import io.github.regionrouter.attempt.Step.Finish;
import io.github.regionrouter.attempt.Step.Send;
import io.github.regionrouter.attempt.Step.Wait;
import io.github.regionrouter.region.Backlog;
import io.github.regionrouter.region.Credential;
import io.github.regionrouter.region.HealthBoard;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.region.RegionSelector;
import io.github.regionrouter.region.RegionSelector.Choice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One call's story as a state machine: where R2 to R10 and the routing half of R12 are decided. Given what an attempt came to, it says where
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

    /** The pause before state that was not found is asked for once more where it should be (R12). */
    static final Duration SECOND_TRY = Duration.ofMillis(300);

    private final CallHistory history;
    private final Wishes wishes;
    private final RetryRules rules;
    private final Deadline deadline;
    private final HealthBoard board;
    private final RegionSelector selector;
    private final DoubleSupplier random;
    private final Backlog backlog;

    private @Nullable Choice current;
    private @Nullable Choice again;
    private Duration currentLimit = Duration.ZERO;
    private int attempts;
    private Duration waited = Duration.ZERO;
    private boolean tokenRefreshed;
    private boolean secondTry;
    private boolean waiting;

    /**
     * @param candidates where the call may go (R1), in tier order
     * @param wishes what the call itself asks of its way
     * @param random uniform in [0, 1)
     */
    public CallPlan(
            List<Region> candidates,
            Wishes wishes,
            RetryRules rules,
            Deadline deadline,
            HealthBoard board,
            RegionSelector selector,
            DoubleSupplier random) {
        this.history = new CallHistory(candidates, wishes.path(), board);
        this.wishes = wishes;
        this.rules = rules;
        this.deadline = deadline;
        this.board = board;
        this.selector = selector;
        this.random = random;
        this.backlog = board.backlog(candidates);
    }

    /** The first step. */
    public Step begin() {
        return next();
    }

    /** The next step after a {@link Wait} of this length. */
    public Step afterWait(Wait wait) {
        leaveBacklog();
        waited = waited.plus(wait.pause());
        Choice sameRegion = again;
        again = null;
        return sameRegion == null ? next() : send(sameRegion, board.now(), false);
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
            backlog.served();
            board.served(attempt); // R9: who tells a caller of his mistake is well
            return new Verdict(Decision.RETURN, new Finish(new Ending.Relay()));
        }
        if (outcome instanceof Throttled throttled) {
            history.throttled(attempt, throttled.retryAfter());
        } else if (outcome instanceof Failed failed) {
            history.failed(attempt, failed.failure(), isHasty());
            if (history.isLikelyBadInput()) {
                return new Verdict(Decision.EXHAUSTED, new Finish(history.failedEnding(timeIsLeft())));
            }
            if (failed.failure().ambiguous() && !wishes.repeatable()) {
                return new Verdict(Decision.FAIL_FAST, new Finish(history.failedEnding(timeIsLeft())));
            }
        } else if (outcome instanceof Cut) {
            history.failed(attempt, Failure.RESET, isHasty());
            if (!wishes.repeatable()) {
                return new Verdict(Decision.FAIL_FAST, new Finish(history.failedEnding(timeIsLeft())));
            }
        } else if (outcome instanceof Unreachable unreachable) {
            history.unreachable(attempt, unreachable.obstacle());
        } else if (outcome instanceof Misconfigured misconfigured) {
            if (maySendFreshToken(region, misconfigured)) {
                return new Verdict(Decision.SAME_REGION, send(attempt, board.now(), true));
            }
            history.misconfigured(attempt, misconfigured.lack());
        } else if (outcome instanceof NotHere) {
            if (mayAskTwice()) {
                again = attempt;
                return new Verdict(Decision.SAME_REGION, new Wait(SECOND_TRY));
            }
            history.notHere(attempt);
        }
        Step next = next();
        return new Verdict(decision(region, next), next);
    }

    /** The headers of an answer are here, though not yet what it comes to: others may follow the first call (R4). */
    public void answering() {
        Choice attempt = current;
        if (attempt != null) {
            board.answering(attempt);
        }
    }

    /** The caller hung up: nothing is known of the region that was being asked. */
    public void abandon() {
        leaveBacklog();
        Choice attempt = current;
        if (attempt != null) {
            current = null;
            board.ended(attempt);
        }
    }

    /** R7: a token may have been withdrawn before its time; a new one is asked for once. */
    private boolean maySendFreshToken(Region region, Misconfigured refusal) {
        boolean may = refusal.lack() == Lack.CREDENTIALS
                && refusal.status() != 0
                && !tokenRefreshed
                && region.credential() instanceof Credential.ManagedIdentity;
        tokenRefreshed |= may;
        return may;
    }

    /** R12: what was made a moment ago is sometimes not found even where it lives; one short second try. */
    private boolean mayAskTwice() {
        boolean may = !secondTry
                && attempts < rules.maxAttempts()
                && deadline.leavesTime(board.now(), SECOND_TRY)
                && waited.plus(SECOND_TRY).compareTo(rules.maxWait()) <= 0;
        secondTry = true;
        return may;
    }

    /** The one place where a call goes on: send if a region is free, else wait if that can help, else end. */
    private Step next() {
        long now = board.now();
        boolean mayStart = attempts == 0 || (attempts < rules.maxAttempts() && timeIsLeft());
        Choice choice = mayStart ? choose() : null;
        if (choice != null) {
            return send(choice, now, false);
        }
        Soonest soonest = soonest();
        if (attempts < rules.maxAttempts()) {
            if (soonest.free()) {
                return mayStart ? new Wait(Duration.ZERO) : new Finish(new Ending.OutOfTime()); // it came free just now
            }
            if (mayWait(soonest, now)) {
                return waitFor(soonest, now);
            }
        }
        return new Finish(history.ending(soonest, timeIsLeft()));
    }

    private @Nullable Choice choose() {
        Choice choice = null;
        if (attempts == 0) {
            choice = wishes.first() == null ? null : selector.choose(List.of(wishes.first()), null);
            if (choice == null && wishes.notFirst() != null) {
                List<Region> others = new ArrayList<>(left());
                others.remove(wishes.notFirst());
                choice = selector.choose(others, wishes.cacheKey());
            }
        }
        return choice != null ? choice : selector.choose(left(), wishes.cacheKey());
    }

    private Send send(Choice choice, long now, boolean freshToken) {
        attempts++;
        current = choice;
        currentLimit = deadline.attemptLimit(now, history.hasOthers(), rules.attemptTimeout());
        return new Send(choice.region(), currentLimit, freshToken);
    }

    private List<Region> left() {
        return history.left(attempts == 0);
    }

    private boolean timeIsLeft() {
        return deadline.leavesTime(board.now(), Duration.ZERO);
    }

    private Soonest soonest() {
        Soonest soonest = Soonest.NEVER;
        for (Region region : left()) {
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

    /** Waits end a little late, never early, and the more calls wait the less they end together (R5). */
    private Wait waitFor(Soonest soonest, long now) {
        Duration spare = Deadline.shorter(
                rules.maxWait().minus(waited).minus(soonest.pause()), deadline.spare(now, soonest.pause()));
        waiting = true;
        backlog.joined();
        long most = Deadline.shorter(spare, backlog.spread()).toNanos();
        return new Wait(soonest.pause().plusNanos((long) (most * random.getAsDouble())));
    }

    private void leaveBacklog() {
        if (waiting) {
            waiting = false;
            backlog.left();
        }
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
}
