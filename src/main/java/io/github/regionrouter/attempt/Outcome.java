package io.github.regionrouter.attempt;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an attempt came to (design §1). */
public sealed interface Outcome {

    /** HTTP status of the region's answer; 0 if there was none. */
    int status();

    /** The region answers the call. */
    record Served(int status) implements Outcome {}

    /**
     * 429: the region's quota is used up. Nothing was carried out.
     *
     * @param retryAfter what the region asked for, not clamped; null if it did not say
     */
    record Throttled(int status, @Nullable Duration retryAfter) implements Outcome {}

    /** The region failed to answer: 5xx, 408, a reset, or silence. */
    record Failed(int status, Failure failure) implements Outcome {}

    /** The call did not reach the region: connect, DNS or TLS. Nothing was carried out. */
    record Unreachable(Obstacle obstacle) implements Outcome {
        @Override
        public int status() {
            return 0;
        }
    }

    /**
     * The region is not set up for the call: it refuses the router, or does not have what is asked (R7, R8). Nothing was
     * carried out.
     */
    record Misconfigured(int status, Lack lack) implements Outcome {}

    /**
     * The state that the call names does not live in this region (R12). Found out before anything is carried out, so asking
     * the next region costs nothing.
     */
    record NotHere(int status) implements Outcome {}

    /** The answer broke off before the caller had any of it (R11); the status is that of its beginning. */
    record Cut(int status) implements Outcome {}

    /** The caller's own mistake (R9). */
    record Rejected(int status) implements Outcome {}

    /** How a region failed. */
    enum Failure {
        /** 500: may be the region, may be the request (R6). */
        SERVER_ERROR,
        /** 502, 503, 504 and other 5xx: the region refused or could not. */
        UNAVAILABLE,
        /** A stream whose first event was an error (R11). */
        STREAM_ERROR,
        /** 408: the region gave up; it may have been carried out. */
        TIMED_OUT,
        /** Sent, and the connection broke before an answer. */
        RESET,
        /** Sent, and no answer within the attempt's limit. */
        SILENCE;

        /** Whether the region may have carried out the call although there is no answer. */
        boolean ambiguous() {
            return this == TIMED_OUT || this == RESET || this == SILENCE;
        }
    }

    /** What a region lacks. */
    enum Lack {
        /** It refuses the router's own credentials, or there are none to show. */
        CREDENTIALS,
        /** It does not have the deployment. */
        DEPLOYMENT,
        /** It does not know the path, or the API version. */
        PATH,
        /** It answers with a redirection, which is never followed: it would take the region's key elsewhere. */
        ADDRESS
    }

    /** What kept a call from leaving. */
    enum Obstacle {
        /** No connection, no address, or no TLS. */
        NETWORK,
        /** The router's own connection pool is full: nothing is known of the region. */
        LOCAL
    }
}
