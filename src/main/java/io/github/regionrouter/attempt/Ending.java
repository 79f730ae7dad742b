package io.github.regionrouter.attempt;

import java.time.Duration;

/** How a call ends, as a value: either a region's answer goes back, or the router says why there is none. */
public sealed interface Ending {

    /** The answer of the last attempt goes back as it is. */
    record Relay() implements Ending {}

    /** Regions were asked and failed: the last of their answers that is in Azure's shape, else the router says why. */
    record Failed(Why why) implements Ending {}

    /** What the last failure was, for the router's own words. */
    enum Why {
        /** No connection, or no answer that can be shown. */
        BROKEN,
        /** No answer in time. */
        SILENT,
        /** Streams that began with an error. */
        STREAM_ERROR,
        /** The router's own connection pool is full. */
        LOCAL
    }

    /** No region has the deployment, the path or the state (R8, R12): the last of their answers. */
    record NotFound() implements Ending {}

    /** No region accepts the router's credentials (R7). */
    record CredentialsRefused() implements Ending {}

    /** Every region is cooling; {@code retryAfter} is the soonest end (R5). */
    record Throttled(Duration retryAfter) implements Ending {}

    /** The request exceeds every region's quota (R3). */
    record DoesNotFit() implements Ending {}

    /** Nobody was called, since every region failed lately; {@code retryAfter} is the soonest end. */
    record NoneAvailable(Duration retryAfter) implements Ending {}

    /** The deadline leaves no time (R10). */
    record OutOfTime() implements Ending {}
}
