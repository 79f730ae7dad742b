package io.github.regionrouter.host;

import org.junit.jupiter.api.Nested;

/** {@link StateContract} in both hosts. */
final class StateTest {

    @Nested
    final class InTheStreamingHost extends StateContract {
        InTheStreamingHost() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class InTheWorkerHost extends StateContract {
        InTheWorkerHost() {
            super(HostUnderTest.WORKER);
        }
    }
}
