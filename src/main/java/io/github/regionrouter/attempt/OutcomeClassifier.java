package io.github.regionrouter.attempt;

import io.github.regionrouter.attempt.Outcome.Failed;
import io.github.regionrouter.attempt.Outcome.Failure;
import io.github.regionrouter.attempt.Outcome.Lack;
import io.github.regionrouter.attempt.Outcome.Misconfigured;
import io.github.regionrouter.attempt.Outcome.NotHere;
import io.github.regionrouter.attempt.Outcome.Rejected;
import io.github.regionrouter.attempt.Outcome.Served;
import io.github.regionrouter.attempt.Outcome.Throttled;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns a region's answer into an {@link Outcome}, before anything is decided (R3, R6 to R9, R12). */
public final class OutcomeClassifier {

    private static final Pattern DEPLOYMENT =
            Pattern.compile("DeploymentNotFound|unknown_model", Pattern.CASE_INSENSITIVE);
    private static final Pattern PATH = Pattern.compile("\"message\"\\s*:\\s*\"Resource not found\"");
    private static final Pattern STATE = Pattern.compile(
            "previous_response_not_found|invalid_encrypted_content|Item with id '[^']{1,300}' not found"
                    + "|conversation[^\"]{0,300}not found|file[^\"]{0,300}not found|no such file|vector store[^\"]{0,300}not found"
                    + "|container[^\"]{0,300}not found|not_found_error",
            Pattern.CASE_INSENSITIVE);

    private OutcomeClassifier() {}

    /** Whether the outcome hangs on the body: how long a 429 lasts, and what it is that was not found. */
    public static boolean needsText(int status, Headers headers, boolean pinned, Instant now) {
        return status == 404
                || (status == 400 && pinned)
                || (status == 429 && RetryAfter.fromHeaders(headers, now) == null);
    }

    /**
     * Judges an answer.
     *
     * @param pinned whether the call names state that lives in one region (R12)
     * @param now wall-clock time, for HTTP dates
     */
    public static Outcome classify(Answer answer, boolean pinned, Instant now) {
        int status = answer.status();
        if (status == 429) {
            return new Throttled(status, retryAfter(answer, now));
        }
        if (status < 200) {
            return new Failed(status, Failure.UNAVAILABLE); // no answer, and none follows
        }
        if (status < 300) {
            return new Served(status);
        }
        if (status < 400) {
            return new Misconfigured(status, Lack.ADDRESS);
        }
        return switch (status) {
            case 400 -> pinned && says(answer, STATE) ? new NotHere(status) : new Rejected(status);
            case 401, 403 -> new Misconfigured(status, Lack.CREDENTIALS);
            case 404 -> notFound(answer, pinned);
            case 408 -> new Failed(status, Failure.TIMED_OUT);
            case 500 -> new Failed(status, Failure.SERVER_ERROR);
            case 501, 505 -> new Rejected(status); // what is asked is not there, in any region
            default -> status > 500 ? new Failed(status, Failure.UNAVAILABLE) : new Rejected(status);
        };
    }

    private static Outcome notFound(Answer answer, boolean pinned) {
        if (says(answer, DEPLOYMENT)) {
            return new Misconfigured(404, Lack.DEPLOYMENT);
        }
        return pinned && !says(answer, PATH) ? new NotHere(404) : new Misconfigured(404, Lack.PATH);
    }

    private static @Nullable Duration retryAfter(Answer answer, Instant now) {
        Duration wait = RetryAfter.fromHeaders(answer.headers(), now);
        return wait == null && answer.text() != null ? RetryAfter.fromText(answer.text()) : wait;
    }

    private static boolean says(Answer answer, Pattern pattern) {
        return answer.text() != null && pattern.matcher(answer.text()).find();
    }
}
