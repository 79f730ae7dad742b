package io.github.regionrouter.host;

import org.junit.jupiter.api.Nested;

/** Bad answers of regions, in both hosts. */
final class BadAnswersTest {

    @Nested
    final class StreamingAnswers extends BadAnswersContract {
        StreamingAnswers() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class WorkerAnswers extends BadAnswersContract {
        WorkerAnswers() {
            super(HostUnderTest.WORKER);
        }
    }

    @Nested
    final class StreamingStreams extends BadStreamsContract {
        StreamingStreams() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class WorkerStreams extends BadStreamsContract {
        WorkerStreams() {
            super(HostUnderTest.WORKER);
        }
    }

    @Nested
    final class StreamingErrors extends BadErrorsContract {
        StreamingErrors() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class WorkerErrors extends BadErrorsContract {
        WorkerErrors() {
            super(HostUnderTest.WORKER);
        }
    }

    @Nested
    final class StreamingLengths extends BadLengthsContract {
        StreamingLengths() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class WorkerLengths extends BadLengthsContract {
        WorkerLengths() {
            super(HostUnderTest.WORKER);
        }
    }
}
