package io.github.regionrouter.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * The system's random numbers are read as a file, but one that never keeps anybody waiting: Netty's resolver draws ids for its
 * queries on an event loop.
 */
public final class RandomNumbersDoNotBlock implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes");
    }
}
