package io.github.regionrouter.telemetry;

import io.github.regionrouter.attempt.Decision;
import io.github.regionrouter.attempt.Outcome;
import io.github.regionrouter.region.Region;
import java.time.Duration;

/**
 * One attempt, as it is told to whoever counts or writes attempts down.
 *
 * @param requestId of the request it was made for
 * @param caller name of who asked
 * @param model the model, or the path where none is named
 * @param number from 1, within its request
 * @param took until the answer's headers, or until it was clear that there would be none
 * @param decision what the router did next
 */
public record AttemptRecord(
        String requestId,
        String caller,
        String model,
        Region region,
        int number,
        Outcome outcome,
        Duration took,
        Decision decision) {}
