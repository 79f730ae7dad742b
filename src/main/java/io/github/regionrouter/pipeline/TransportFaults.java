package io.github.regionrouter.pipeline;

import io.github.regionrouter.attempt.Outcome;
import io.github.regionrouter.attempt.Outcome.Failed;
import io.github.regionrouter.attempt.Outcome.Failure;
import io.github.regionrouter.attempt.Outcome.Lack;
import io.github.regionrouter.attempt.Outcome.Misconfigured;
import io.github.regionrouter.attempt.Outcome.Obstacle;
import io.github.regionrouter.attempt.Outcome.Unreachable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLHandshakeException;
import reactor.core.Exceptions;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/**
 * Turns what the transport throws into an {@link Outcome}. Only connect, address, handshake and pool faults prove that the
 * call was not sent; everything else may have reached the region, also what answers in something that is not HTTP.
 */
final class TransportFaults {

    private static final Logger LOG = Logger.getLogger(TransportFaults.class.getName());

    private TransportFaults() {}

    static Outcome outcomeOf(Throwable fault) {
        Throwable cause = Exceptions.unwrap(fault);
        for (int depth = 0; cause != null && depth < 10; depth++, cause = cause.getCause()) {
            if (cause instanceof PoolAcquirePendingLimitException || cause instanceof PoolAcquireTimeoutException) {
                return new Unreachable(Obstacle.LOCAL);
            }
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof SSLHandshakeException) {
                return new Unreachable(Obstacle.NETWORK);
            }
            if (cause instanceof TimeoutException) {
                return new Failed(0, Failure.SILENCE);
            }
            if (cause instanceof RegionCredentialPolicy.NoTokenException) {
                return new Misconfigured(0, Lack.CREDENTIALS);
            }
            if (cause instanceof IOException || cause instanceof IllegalArgumentException) {
                return new Failed(0, Failure.RESET);
            }
        }
        LOG.log(Level.WARNING, "an attempt broke in a way that is not known", fault);
        return new Failed(0, Failure.RESET);
    }
}
