package io.github.regionrouter.telemetry;

import io.github.regionrouter.attempt.Outcome;
import io.github.regionrouter.attempt.Outcome.Throttled;
import io.github.regionrouter.region.Region;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, as it is told to whoever counts attempts or writes them down.
 *
 * @param requestId of the request it was made for
 * @param caller name of who asked
 * @param model the model, or the path where none is named
 * @param number from 1, within its request
 * @param outcome what it came to; null if the caller hung up before that was known
 * @param took until the answer's headers, or until it was clear that there would be none
 * @param decision what the router did next
 */
public record AttemptRecord(
        String requestId,
        String caller,
        String model,
        Region region,
        int number,
        @Nullable Outcome outcome,
        Duration took,
        String decision) {

    /** Made once for each kind of outcome. */
    private static final ClassValue<String> NAMES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> kind) {
            return kind.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
        }
    };

    /** HTTP status of the region's answer; 0 if there was none. */
    public int status() {
        return outcome == null ? 0 : outcome.status();
    }

    /** The outcome in lower case, {@code throttled} or {@code not_here}; {@code cancelled} if the caller hung up. */
    public String outcomeText() {
        return outcome == null ? "cancelled" : NAMES.get(outcome.getClass());
    }

    /** What a 429 asked for; null if it did not say, or it was none. */
    public @Nullable Duration retryAfter() {
        return outcome instanceof Throttled throttled ? throttled.retryAfter() : null;
    }
}
