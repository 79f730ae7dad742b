package io.github.regionrouter.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TextTableTest {

    private final TextTable table = new TextTable("By endpoint", "calls", "p50 ms");

    @Test
    void numbersStandAtTheRightOfAnEightyColumnTerminal() {
        assertThat(table.row("http://a", "1,200", "310").lines())
                .containsExactly(
                        "  By endpoint" + " ".repeat(51) + "  calls  p50 ms",
                        "  http://a" + " ".repeat(54) + "  1,200     310");
    }

    @Test
    void aNameThatIsTooLongHasALineOfItsOwn() {
        String name = "https://a-region-with-a-long-name.openai.azure.com/openai/deployments/gpt";

        assertThat(table.row(name, "1", "2").lines())
                .containsSubsequence("  " + name, " ".repeat(64) + "      1       2")
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(TextTable.WIDTH));
    }

    @Test
    void aLongNumberWidensItsColumnAndNotTheTable() {
        assertThat(table.row("http://a", "1,234,567,890", "2").lines())
                .allSatisfy(line -> assertThat(line).hasSize(TextTable.WIDTH));
    }

    @Test
    void wordsBeneathARowAreWrapped() {
        table.row("429", "1", "2")
                .beneath("Requests have exceeded the token rate limit. "
                        .repeat(4)
                        .strip());

        assertThat(table.lines())
                .hasSize(5)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(TextTable.WIDTH));
    }

    @Test
    void aWordLongerThanTheLineStaysWhole() {
        assertThat(TextTable.wrapped("  ", "x".repeat(100) + " y")).containsExactly("  " + "x".repeat(100), "  y");
    }
}
