package io.github.regionrouter.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.testing.WireRegion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls to servers that no simulated region plays. */
final class ChatClientTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n",
                "220 mail ready\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nx-a: b\u0000c\r\ncontent-length: 0\r\n\r\n"
            })
    void whatIsNotHttpIsNoReset(String answer) throws IOException {
        CallResult result = call(answer, "--timeout", "5");

        assertThat(result.status()).isEqualTo(Status.NOT_HTTP);
        assertThat(result.head()).isNull();
    }

    @Test
    void aHeadThatIsTooLongIsNotTakenForHttp() throws IOException {
        CallResult result = call("HTTP/1.1 200 OK\r\nx-a: " + "b".repeat(20_000) + "\r\n\r\n", "--timeout", "5");

        assertThat(result.status()).isEqualTo(Status.NOT_HTTP);
        assertThat(result.detail()).contains("larger than 8192 bytes");
    }

    @Test
    void aConnectionThatEndsWithoutAWordIsAReset() throws IOException {
        assertThat(call("", "--timeout", "5").status()).isEqualTo(Status.RESET);
    }

    @Test
    void aTimeoutIsToldInOurWords() throws IOException {
        assertThat(call(null, "--timeout", "0.3").detail()).isEqualTo("no answer within 300 ms");
        assertThat(call("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n", "--timeout", "0.3")
                        .detail())
                .isEqualTo("no whole answer within 300 ms");
    }

    /** @param answer null for none at all, empty for the end of the connection */
    private static CallResult call(String answer, String... options) throws IOException {
        try (WireRegion region = new WireRegion((request, out) -> {
            if (answer != null && answer.isEmpty()) {
                throw new IOException("the connection ends");
            }
            out.write(answer == null ? new byte[0] : answer.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        })) {
            String[] all = {"--url", region.endpoint() + "/openai/v1", options[0], options[1]};
            LoadPlan plan = Plans.of(all);
            try (ChatClient client = new ChatClient(plan, System::nanoTime)) {
                return client.send(new CallDeck(plan).call(0), null).block(Duration.ofSeconds(20));
            }
        }
    }
}
