package io.github.regionrouter.telemetry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request, as it is written down when its answer has ended.
 *
 * @param caller name of who asked
 * @param model the model, or the path where none is named
 * @param region that answered; null if the router answered itself
 * @param attempts how many
 * @param status the caller got
 * @param took from the request's arrival until the end of the answer, or until the caller hung up
 * @param added of it, the time before the last attempt set out: what the router and the other regions cost the caller
 */
public record RequestRecord(
        String requestId,
        String caller,
        String model,
        @Nullable String region,
        int attempts,
        int status,
        Duration took,
        Duration added,
        Usage usage) {}
