package io.github.regionrouter.attempt;

import io.github.regionrouter.attempt.Ending.Why;
import io.github.regionrouter.attempt.Outcome.Failure;
import io.github.regionrouter.attempt.Outcome.Lack;
import io.github.regionrouter.attempt.Outcome.Obstacle;
import io.github.regionrouter.region.Access.Cause;
import io.github.regionrouter.region.HealthBoard;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.region.RegionSelector.Choice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one call has met on its way: the board is told what each attempt says of its region, and here is kept what it means for
 * the call, namely which regions it may still ask and how it ends when none is left.
 */
final class CallHistory {

    private final List<Region> left;
    private final String path;
    private final HealthBoard board;
    private final EnumSet<Met> met = EnumSet.noneOf(Met.class);
    private final Set<Region> throttlers = new HashSet<>();

    private int serverErrors;
    private Why lastFailure = Why.BROKEN;

    /** @param path the family of paths that the call belongs to */
    CallHistory(List<Region> candidates, String path, HealthBoard board) {
        this.left = new ArrayList<>(candidates);
        this.path = path;
        this.board = board;
    }

    /**
     * Whom the call may still ask: without those that do not know its path (R8), unless none does and nobody was asked; then
     * one is, so that the caller gets a true 404.
     */
    List<Region> left(boolean nobodyAsked) {
        List<Region> known = new ArrayList<>(left);
        known.removeIf(region -> board.isLacking(region, path));
        return known.isEmpty() && nobodyAsked ? left : known;
    }

    /** Whether somebody else could be asked than the region that is asked now. */
    boolean hasOthers() {
        return left.size() > 1;
    }

    /** R6: bad input can cause a 500 too, so after a second one nobody else is asked. */
    boolean isLikelyBadInput() {
        return serverErrors > 1;
    }

    /** R3, R4. A wait that nobody means says that the request never fits there. */
    void throttled(Choice attempt, @Nullable Duration wait) {
        if (wait != null && wait.compareTo(RetryAfter.LONGEST_MEANT) > 0) {
            drop(attempt.region());
            board.ended(attempt);
            met.add(Met.MISFIT);
        } else {
            board.throttled(attempt, wait);
            throttlers.add(attempt.region());
        }
    }

    /** @param hasty whether the attempt was cut sooner than a region can be blamed for */
    void failed(Choice attempt, Failure failure, boolean hasty) {
        drop(attempt.region());
        if (failure == Failure.SILENCE && hasty) {
            board.ended(attempt);
        } else {
            board.failed(attempt);
        }
        met.add(Met.FAILURE);
        lastFailure = switch (failure) {
            case SILENCE -> Why.SILENT;
            case STREAM_ERROR -> Why.STREAM_ERROR;
            default -> Why.BROKEN;
        };
        serverErrors += failure == Failure.SERVER_ERROR ? 1 : 0;
    }

    void unreachable(Choice attempt, Obstacle obstacle) {
        drop(attempt.region());
        if (obstacle == Obstacle.LOCAL) {
            board.ended(attempt); // our own pool is full
        } else {
            board.failed(attempt);
        }
        met.add(Met.FAILURE);
        lastFailure = obstacle == Obstacle.LOCAL ? Why.LOCAL : Why.BROKEN;
    }

    /** R7, R8. */
    void misconfigured(Choice attempt, Lack lack) {
        Region region = attempt.region();
        drop(region);
        switch (lack) {
            case CREDENTIALS -> {
                board.misconfigured(attempt, Cause.REFUSAL);
                met.add(Met.REFUSAL);
            }
            case DEPLOYMENT -> {
                board.misconfigured(attempt, Cause.ABSENCE);
                met.add(Met.ABSENCE);
            }
            case PATH -> {
                board.ended(attempt); // nothing is said of the deployment
                board.lacks(region, path);
                met.add(Met.ABSENCE);
            }
            case ADDRESS -> {
                board.ended(attempt);
                met.add(Met.FAILURE);
            }
        }
    }

    /** R12: the region is well and answered, but the state that the call names does not live there. */
    void notHere(Choice attempt) {
        drop(attempt.region());
        board.served(attempt);
        met.add(Met.ABSENCE);
    }

    /**
     * How the call ends now. Mixed ends (design §5.1): throttling outweighs failures, failures outweigh what is not there.
     *
     * @param soonest when one of those left could be asked again
     */
    Ending ending(Soonest soonest, boolean timeIsLeft) {
        if (soonest.cooling() || !throttlers.isEmpty()) {
            return new Ending.Throttled(soonest.told());
        }
        if (met.contains(Met.FAILURE)) {
            return failedEnding(timeIsLeft);
        }
        if (soonest.causes().contains(Cause.BREAKER)) {
            return new Ending.NoneAvailable(soonest.told());
        }
        if (met.contains(Met.MISFIT)) {
            return new Ending.DoesNotFit();
        }
        boolean refused = met.contains(Met.REFUSAL) || soonest.causes().contains(Cause.REFUSAL);
        return refused ? new Ending.CredentialsRefused() : new Ending.NotFound();
    }

    /** How the call ends at a failure. A silence that lasted until the deadline is the end of the time (R10). */
    Ending failedEnding(boolean timeIsLeft) {
        return lastFailure == Why.SILENT && !timeIsLeft ? new Ending.OutOfTime() : new Ending.Failed(lastFailure);
    }

    /** Not to be asked again by this call. */
    private void drop(Region region) {
        left.remove(region);
        throttlers.remove(region);
    }

    /** What the call has met. */
    private enum Met {
        /** 429 for a request that will never fit (R3). */
        MISFIT,
        FAILURE,
        /** The router's credentials were refused (R7). */
        REFUSAL,
        /** Deployment, path or state is not there (R8, R12). */
        ABSENCE
    }
}
