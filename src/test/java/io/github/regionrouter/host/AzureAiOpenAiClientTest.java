package io.github.regionrouter.host;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** {@code azure-ai-openai}, unmodified, over TLS: with a key it refuses plain HTTP. */
final class AzureAiOpenAiClientTest {

    @Nested
    final class ThroughTheStreamingHost extends AzureAiOpenAiContract {
        ThroughTheStreamingHost() {
            super(HostUnderTest.STREAMING);
        }

        /** Of the worker's functions for uploads, none has a route with two slashes. */
        @Test
        void anUploadMayHaveASlashTooMany() throws Exception {
            isHeard("/");
        }
    }

    @Nested
    final class ThroughTheWorkerHost extends AzureAiOpenAiContract {
        ThroughTheWorkerHost() {
            super(HostUnderTest.WORKER);
        }
    }
}
