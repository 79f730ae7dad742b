package io.github.regionrouter.host;

import org.junit.jupiter.api.Nested;

/** {@link PathsContract} in both hosts. */
final class PathsTest {

    @Nested
    final class InTheStreamingHost extends PathsContract {
        InTheStreamingHost() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class InTheWorkerHost extends PathsContract {
        InTheWorkerHost() {
            super(HostUnderTest.WORKER);
        }
    }
}
