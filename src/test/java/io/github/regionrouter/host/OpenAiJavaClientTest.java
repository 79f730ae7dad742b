package io.github.regionrouter.host;

import org.junit.jupiter.api.Nested;

/**
 * OpenAI's own Java client, unmodified, in both styles of URL: it is told another base URL and nothing else, tries once, and
 * never learns that its first region was throttled.
 */
final class OpenAiJavaClientTest {

    @Nested
    final class ThroughTheStreamingHost extends OpenAiJavaContract {
        ThroughTheStreamingHost() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class ThroughTheWorkerHost extends OpenAiJavaContract {
        ThroughTheWorkerHost() {
            super(HostUnderTest.WORKER);
        }
    }
}
