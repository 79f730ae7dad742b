package io.github.regionrouter.host;

import org.junit.jupiter.api.Nested;

/** {@link AccessContract} and {@link StatusPagesContract} in both hosts. */
final class AccessTest {

    @Nested
    final class InTheStreamingHost extends AccessContract {
        InTheStreamingHost() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class InTheWorkerHost extends AccessContract {
        InTheWorkerHost() {
            super(HostUnderTest.WORKER);
        }
    }

    @Nested
    final class PagesOfTheStreamingHost extends StatusPagesContract {
        PagesOfTheStreamingHost() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class PagesOfTheWorkerHost extends StatusPagesContract {
        PagesOfTheWorkerHost() {
            super(HostUnderTest.WORKER);
        }
    }
}
