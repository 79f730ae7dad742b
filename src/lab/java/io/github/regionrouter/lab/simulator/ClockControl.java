package io.github.regionrouter.lab.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * {@code POST /_simulator/clock}: {@code {"advanceMs": 60000}} puts the clock forward, by 30 days at most; {@code {"stopped": true}}
 * stops it, and {@code false} lets it run on. Regions which run together have one clock.
 */
final class ClockControl {

    private static final long MOST_MILLIS = Duration.ofDays(30).toMillis();
    private static final Set<String> NAMES = Set.of("advanceMs", "stopped");

    private ClockControl() {}

    static Answer.Whole answer(LongSupplier clock, byte[] json) {
        if (!(clock instanceof DrivenClock driven)) {
            return ControlApi.error(409, Check.message("clock", "another's", "a clock which the simulator drives"));
        }
        try {
            drive(driven, JsonObject.read(json));
            return ControlApi.json(200, Json.map("stopped", driven.stopped()));
        } catch (IllegalArgumentException | IOException e) {
            return ControlApi.error(400, String.valueOf(e.getMessage()));
        }
    }

    /** Everything is checked before anything is done. */
    private static void drive(DrivenClock clock, JsonObject wish) {
        for (String name : wish.fields().keySet()) {
            Check.that(NAMES.contains(name), "clock", name, "advanceMs or stopped");
        }
        Object stopped = wish.value("stopped");
        Check.that(stopped == null || stopped instanceof Boolean, "stopped", String.valueOf(stopped), "true or false");
        OptionalLong advance = wish.integer("advanceMs");
        Check.that(
                advance.isPresent()
                        ? advance.getAsLong() >= 0 && advance.getAsLong() <= MOST_MILLIS
                        : !wish.has("advanceMs"),
                "advanceMs",
                String.valueOf(wish.value("advanceMs")),
                "an integer from 0 to " + MOST_MILLIS);
        if (stopped != null) {
            clock.stopped((Boolean) stopped);
        }
        advance.ifPresent(millis -> clock.advance(Duration.ofMillis(millis)));
    }
}
