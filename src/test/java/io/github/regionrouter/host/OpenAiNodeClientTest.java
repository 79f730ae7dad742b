package io.github.regionrouter.host;

import org.junit.jupiter.api.Nested;

/** {@code openai} from npm, run by Node, as {@code OpenAI} on the v1 paths and as {@code AzureOpenAI} on the dated ones. */
final class OpenAiNodeClientTest {

    @Nested
    final class ThroughTheStreamingHost extends OpenAiNodeContract {
        ThroughTheStreamingHost() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class ThroughTheWorkerHost extends OpenAiNodeContract {
        ThroughTheWorkerHost() {
            super(HostUnderTest.WORKER);
        }
    }
}
