package io.github.regionrouter.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No key and no token stands anywhere in what the process wrote while all unit tests ran: neither in its output and logs, nor in
 * an answer, a header or a page. The keys and tokens of the tests all look so that they can be found.
 */
final class SecretsInTheOpenIT {

    /** Keys of regions, keys of callers, tokens. */
    private static final Pattern SECRET =
            Pattern.compile("key-of-[a-z0-9]|caller-key-[a-z0-9]|token-of-the-router-\\d");

    private static final Path TRANSCRIPT = Path.of(System.getProperty("transcript.written"));

    @Test
    void noSecretStandsInTheOpen() throws Exception {
        try (Stream<String> lines = Files.lines(TRANSCRIPT)) {
            List<String> found = lines.filter(line -> SECRET.matcher(line).find())
                    .map(line -> line.substring(0, Math.min(line.length(), 500)))
                    .limit(20)
                    .toList();

            assertThat(found).isEmpty();
        }
    }

    @Test
    void theTranscriptHoldsWhatWasWritten() throws Exception {
        String transcript = Files.readString(TRANSCRIPT);

        assertThat(transcript)
                .contains("answer: 200 ")
                .contains("answer: 502 ")
                .contains("\"event\":\"alarm\"")
                .contains("\"event\":\"request\"")
                .contains("\"models\":[")
                .contains("settings refused");
    }
}
