package io.github.regionrouter.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LiveLineTest {

    private static final Progress LATE = progress(123_456, 1_000_000L);
    private static final Progress EARLY = progress(146, 300L);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void aLineOfAUsualTerminalHasWhatMattersMost() {
        show(true, null, EARLY);

        assertThat(written())
                .isEqualTo("\r   12 s  146/300  24.2/s  10 in flight  200: 146  429: 0  other: 0  p95 575 ms");
    }

    @ParameterizedTest
    @CsvSource({",79", "nonsense,79", "100,99", "60,59", "20,19", "3,19", "9999,200"})
    void noLineIsAsWideAsItsTerminal(String columns, int most) {
        show(true, columns, LATE);

        assertThat(written().substring(1)).hasSizeBetween(10, most);
    }

    @Test
    void aShorterLineLeavesNothingOfALongerOne() {
        show(true, null, EARLY, progress(1, 2L));

        String[] lines = written().split("\r");
        assertThat(lines[2]).hasSameSizeAs(lines[1]).endsWith("  ");
    }

    @Test
    void whereItIsNoTerminalNothingIsLeftOut() {
        show(false, "20", EARLY);

        assertThat(written())
                .contains(
                        "   12 s  146/300  24.2/s  10 in flight  200: 146  429: 0  other: 0  p50 451 ms  p95 575 ms  142,090 tokens/min");
    }

    private void show(boolean terminal, String columns, Progress... progress) {
        LiveLine line = new LiveLine(new PrintStream(out), terminal, columns);
        for (Progress each : progress) {
            line.show(each);
        }
    }

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Progress progress(long done, Long total) {
        return new Progress(12, done, total, 24.2, 10, done, 0, 0, 451, 575, 142_090);
    }
}
