package io.github.regionrouter.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check <document>} says what is wrong with a document, or what it comes to. */
final class CheckCommandTest {

    private static final String GOOD = """
            {"models": {
              "o3": {"regions": [{"name": "eastus2", "endpoint": "https://e.openai.azure.com", "deployment": "o3-main"}]},
              "gpt-4o": {"regions": [
                {"name": "swedencentral", "endpoint": "https://s.openai.azure.com", "priority": 1, "weight": 3, "zone": "eu"},
                {"name": "eastus2", "endpoint": "https://e.openai.azure.com", "priority": 2, "apiKey": {"secret": "aoai-key"}}]}},
             "callers": [{"name": "team", "keys": [{"secret": "k-1"}, {"setting": "K2"}]}]}
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aGoodDocumentIsShownAsATable() throws Exception {
        assertThat(check(GOOD)).isZero();

        assertThat(text(out).lines().map(line -> line.replaceAll(" +", " ")).toList())
                .containsExactly(
                        "model tier region weight zone auth endpoint",
                        "gpt-4o 1 swedencentral 3 eu managed identity https://s.openai.azure.com",
                        "gpt-4o 2 eastus2 1 - key https://e.openai.azure.com",
                        "o3 1 eastus2 1 - managed identity https://e.openai.azure.com as o3-main",
                        "",
                        "callers: 1; calls without a key are refused");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void everyFaultIsPrintedWithItsPath() throws Exception {
        String bad = GOOD.replace("https://s.", "ftp://s.")
                .replace("\"weight\": 3", "\"wieght\": 3")
                .replace("k-1", "a b");

        assertThat(check(bad)).isEqualTo(1);

        assertThat(text(err).lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("models.gpt-4o.regions[0].endpoint: "))
                .anyMatch(line -> line.startsWith("models.gpt-4o.regions[0].wieght: unknown property"))
                .anyMatch(line -> line.startsWith("callers[0].keys[0].secret: "));
        assertThat(text(out)).isEmpty();
    }

    @Test
    void whoeverLetsNobodyInIsTold() throws Exception {
        assertThat(check(GOOD.substring(0, GOOD.indexOf(" \"callers\"")).strip().replaceAll(",$", "") + "}"))
                .isZero();

        assertThat(text(out)).contains("callers: none; nobody may call");
    }

    @Test
    void aDocumentThatIsNotThereIsNamed() {
        assertThat(run("check", folder.resolve("absent.json").toString())).isEqualTo(1);
        assertThat(text(err)).contains("absent.json").contains("cannot be read");
    }

    @Test
    void withoutADocumentItSaysHowItIsCalled() {
        assertThat(run("check")).isEqualTo(1);
        assertThat(text(err)).startsWith("usage: ");
    }

    private int check(String document) throws Exception {
        return run(
                "check",
                Files.writeString(folder.resolve("router.json"), document).toString());
    }

    private int run(String... args) {
        return CheckCommand.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
