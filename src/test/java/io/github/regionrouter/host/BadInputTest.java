package io.github.regionrouter.host;

import org.junit.jupiter.api.Nested;

/** Bad input of callers, in both hosts. */
final class BadInputTest {

    @Nested
    final class StreamingPaths extends BadPathsContract {
        StreamingPaths() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class WorkerPaths extends BadPathsContract {
        WorkerPaths() {
            super(HostUnderTest.WORKER);
        }
    }

    @Nested
    final class StreamingJson extends BadJsonContract {
        StreamingJson() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class WorkerJson extends BadJsonContract {
        WorkerJson() {
            super(HostUnderTest.WORKER);
        }
    }

    @Nested
    final class StreamingForms extends BadFormsContract {
        StreamingForms() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class WorkerForms extends BadFormsContract {
        WorkerForms() {
            super(HostUnderTest.WORKER);
        }
    }

    @Nested
    final class StreamingIds extends BadIdsContract {
        StreamingIds() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class WorkerIds extends BadIdsContract {
        WorkerIds() {
            super(HostUnderTest.WORKER);
        }
    }
}
