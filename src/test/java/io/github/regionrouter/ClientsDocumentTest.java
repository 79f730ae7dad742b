package io.github.regionrouter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/clients.md shows what the tests run, and names the versions that they run. */
final class ClientsDocumentTest {

    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- snippet: (\\S+) (\\S+) -->\n)?```\\w+\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SNIPPET =
            Pattern.compile("^ *// snippet: (\\S+)\n(.*?)^ *// end$", Pattern.DOTALL | Pattern.MULTILINE);

    private final String document = read(Path.of("docs/clients.md"));

    @Test
    void everySnippetIsALineForLineCopyOfATest() {
        Map<String, String> shown = new LinkedHashMap<>();
        BLOCK.matcher(document)
                .results()
                .forEach(block -> shown.put(block.group(1) + " " + block.group(2), block.group(3)));

        assertThat(new TreeMap<>(shown)).isEqualTo(new TreeMap<>(snippetsOfTheTests()));
        assertThat(shown).hasSizeGreaterThan(10);
    }

    @Test
    void theVersionsAreThoseTested() {
        String pom = read(Path.of("pom.xml"));
        String node = read(Path.of("src/test/node/package.json"));

        assertThat(document)
                .contains("[openai (npm)](#openai-npm), `AzureOpenAI` | " + first(node, "\"openai\": \"(.*?)\"") + " |")
                .contains("[openai-java](#openai-java), v1 | " + version(pom, "openai-java") + " |")
                .contains("[azure-ai-openai](#azure-ai-openai) | " + version(pom, "azure-ai-openai") + " |")
                .contains("[langchain4j-open-ai](#langchain4j) | " + version(pom, "langchain4j-open-ai") + " |")
                .contains("[langchain4j-azure-open-ai](#langchain4j) | " + version(pom, "langchain4j-azure-open-ai")
                        + " |");
    }

    @Test
    void theLockFileOfNodeNamesNoRegistry() {
        assertThat(read(Path.of("src/test/node/package-lock.json"))).doesNotContain("resolved", "http:", "https:");
    }

    private static Map<String, String> snippetsOfTheTests() {
        Map<String, String> snippets = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test"))) {
            files.filter(file -> !file.toString().contains("node_modules"))
                    .filter(file -> file.toString().matches(".*\\.(java|mjs)"))
                    .filter(file -> !file.endsWith("ClientsDocumentTest.java"))
                    .forEach(file -> SNIPPET.matcher(read(file))
                            .results()
                            .forEach(found -> snippets.put(name(file, found), plain(found.group(2)))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return snippets;
    }

    private static String name(Path file, MatchResult found) {
        return file.toString().replace('\\', '/') + " " + found.group(1);
    }

    /** Without the indentation, of which an empty last line would count as none. */
    private static String plain(String lines) {
        return lines.stripTrailing().stripIndent() + "\n";
    }

    private static String version(String pom, String client) {
        return first(pom, "<" + client + "\\.version>(.*?)<");
    }

    private static String first(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
