package io.github.regionrouter.host;

import org.junit.jupiter.api.Nested;

/** {@link ManagedIdentityContract} in both hosts. */
final class ManagedIdentityTest {

    @Nested
    final class InTheStreamingHost extends ManagedIdentityContract {
        InTheStreamingHost() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class InTheWorkerHost extends ManagedIdentityContract {
        InTheWorkerHost() {
            super(HostUnderTest.WORKER);
        }
    }
}
