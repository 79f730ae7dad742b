package io.github.regionrouter.host;

import org.junit.jupiter.api.Nested;

/** {@link FuzzContract} in both hosts. */
final class FuzzTest {

    @Nested
    final class InTheStreamingHost extends FuzzContract {
        InTheStreamingHost() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class InTheWorkerHost extends FuzzContract {
        InTheWorkerHost() {
            super(HostUnderTest.WORKER);
        }
    }
}
