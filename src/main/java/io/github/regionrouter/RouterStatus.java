package io.github.regionrouter;

import io.github.regionrouter.region.Access;
import io.github.regionrouter.region.Access.Cause;
import io.github.regionrouter.region.HealthBoard;
import io.github.regionrouter.region.Model;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.region.RoutingTable;
import io.github.regionrouter.settings.RouterSettings.Caller;
import io.github.regionrouter.telemetry.Activity;
import io.github.regionrouter.telemetry.AlarmLog.Alarm;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the router knows of its regions at a moment.
 *
 * @param models in the order of their names
 * @param alarms the last ones, oldest first
 */
public record RouterStatus(List<ModelStatus> models, List<Alarm> alarms) {

    /** Of one model; {@code usable} if a region is not given up, though it may be cooling. */
    public record ModelStatus(Model model, boolean usable, List<RegionStatus> regions) {}

    /**
     * Of one region.
     *
     * @param state whether it may be called
     * @param cause why not; null if it may
     * @param left how long it is left alone; zero if it is not
     * @param failures in a row
     * @param inFlight calls on their way to it
     */
    public record RegionStatus(
            Region region,
            State state,
            @Nullable Cause cause,
            Duration left,
            int failures,
            int inFlight,
            Activity.Counts counts) {}

    /** Whether a region may be called. */
    public enum State {
        /** Anybody may. */
        FREE,
        /** Nobody may. */
        SHUT,
        /** One first call is out, or may go (R4). */
        PROBING
    }

    static RouterStatus of(
            RoutingTable table, HealthBoard board, Activity activity, List<Alarm> alarms, Caller caller) {
        return new RouterStatus(
                table.models().values().stream()
                        .filter(model -> caller.mayUse(model.name()))
                        .sorted(Comparator.comparing(Model::name))
                        .map(model -> status(model, board, activity))
                        .toList(),
                alarms);
    }

    static boolean isHealthy(RoutingTable table, HealthBoard board) {
        return table.models().values().stream().allMatch(model -> isUsable(model, board));
    }

    private static ModelStatus status(Model model, HealthBoard board, Activity activity) {
        return new ModelStatus(
                model,
                isUsable(model, board),
                model.regions().stream()
                        .map(region -> status(region, board, activity))
                        .toList());
    }

    private static RegionStatus status(Region region, HealthBoard board, Activity activity) {
        State state = State.FREE;
        Cause cause = null;
        Duration left = Duration.ZERO;
        Access access = board.access(region);
        if (access instanceof Access.Shut shut) {
            state = State.SHUT;
            cause = shut.cause();
            left = shut.left();
        } else if (access instanceof Access.FirstCallOut out) {
            state = State.PROBING;
            cause = out.cause();
        } else if (access instanceof Access.FirstCall) {
            state = State.PROBING;
        }
        return new RegionStatus(
                region,
                state,
                cause,
                left,
                board.health(region).failures(),
                board.inFlight(region),
                activity.of(region.deployment()));
    }

    /** A region that only cools counts as usable (design §5.1 on R7). */
    private static boolean isUsable(Model model, HealthBoard board) {
        return model.regions().stream()
                .anyMatch(
                        region -> !(board.access(region) instanceof Access.Shut shut) || shut.cause() == Cause.COOLING);
    }
}
