package io.github.regionrouter.host;

import org.junit.jupiter.api.Nested;

/** {@link TelemetryContract} in both hosts. */
final class TelemetryTest {

    @Nested
    final class InTheStreamingHost extends TelemetryContract {
        InTheStreamingHost() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class InTheWorkerHost extends TelemetryContract {
        InTheWorkerHost() {
            super(HostUnderTest.WORKER);
        }
    }
}
