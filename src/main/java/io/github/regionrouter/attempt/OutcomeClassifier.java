package io.github.regionrouter.attempt;

import io.github.regionrouter.attempt.Outcome.Failed;
import io.github.regionrouter.attempt.Outcome.Failure;
import io.github.regionrouter.attempt.Outcome.Misconfigured;
import io.github.regionrouter.attempt.Outcome.Rejected;
import io.github.regionrouter.attempt.Outcome.Served;
import io.github.regionrouter.attempt.Outcome.Throttled;
import java.time.Instant;

/** Turns a region's answer into an {@link Outcome}, before anything is decided (R3, R6 to R9). */
public final class OutcomeClassifier {

    private OutcomeClassifier() {}

    /**
     * @param status HTTP status
     * @param now wall-clock time, for HTTP dates
     */
    public static Outcome classify(int status, Headers headers, Instant now) {
        if (status == 429) {
            return new Throttled(status, RetryAfter.fromHeaders(headers, now));
        }
        if (status < 200) {
            return new Failed(status, Failure.UNAVAILABLE); // no answer, and none follows
        }
        if (status < 300) {
            return new Served(status);
        }
        if (status < 400) {
            return new Misconfigured(status); // never followed: it would take the region's key elsewhere
        }
        return switch (status) {
            case 401, 403, 404 -> new Misconfigured(status);
            case 408 -> new Failed(status, Failure.TIMED_OUT);
            case 500 -> new Failed(status, Failure.SERVER_ERROR);
            case 501, 505 -> new Rejected(status); // what is asked is not there, in any region
            default -> status > 500 ? new Failed(status, Failure.UNAVAILABLE) : new Rejected(status);
        };
    }
}
