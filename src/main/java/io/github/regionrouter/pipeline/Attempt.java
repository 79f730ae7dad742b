package io.github.regionrouter.pipeline;

import io.github.regionrouter.attempt.Decision;
import io.github.regionrouter.attempt.Outcome;
import io.github.regionrouter.region.Region;
import java.time.Duration;

/**
 * One attempt, told to the caller in {@code x-router-attempts} (R15).
 *
 * @param region who was asked
 * @param outcome what came of it
 * @param took until the answer's headers, or until it was clear that there would be none
 * @param decision what the router did next
 */
public record Attempt(Region region, Outcome outcome, Duration took, Decision decision) {

    /** {@code eastus2;status=429;ms=12;decision=next_region}; status 0 is an attempt without an answer. */
    public String text() {
        return region.name() + ";status=" + outcome.status() + ";ms=" + took.toMillis() + ";decision="
                + decision.text();
    }
}
