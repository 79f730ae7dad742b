package io.github.regionrouter.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** LangChain4j, unmodified: its module for OpenAI on the v1 paths, its module for Azure on the dated ones. */
final class LangChain4jClientTest {

    @Nested
    final class ThroughTheStreamingHost extends LangChain4jContract {
        ThroughTheStreamingHost() {
            super(HostUnderTest.STREAMING);
        }

        @Test
        void openAisModuleUploadsToTheNextRegion() throws Exception {
            assertThat(transcribe(LangChain4jModule.OPEN_AI)).isEqualTo(HEARD);

            eachCallFailedOver(1);
        }
    }

    @Nested
    final class ThroughTheWorkerHost extends LangChain4jContract {
        ThroughTheWorkerHost() {
            super(HostUnderTest.WORKER);
        }

        /** OpenAI's module sends its form in chunks, which do not reach a function. */
        @Test
        void openAisModuleIsToldThatChunksDoNotReachAFunction() {
            assertThatThrownBy(() -> transcribe(LangChain4jModule.OPEN_AI))
                    .hasMessageContaining("Transfer-Encoding: chunked does not reach a function");

            assertThat(east.log()).isEmpty();
        }
    }
}
