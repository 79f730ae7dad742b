package io.github.regionrouter.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/settings.md} explains every property with its default and bound; every example there is can be used. */
class SettingsDocumentTest {

    private static final Pattern JSON_BLOCK = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final String DOCUMENT = SettingsSchema.read(Path.of("docs/settings.md"));

    @ParameterizedTest(name = "{0}.{1}")
    @MethodSource("properties")
    void isExplainedWithItsDefaultAndBound(Place place, String name) {
        List<String> cells = row(place, name);
        JsonNode property = SettingsSchema.property(place, name);

        assertThat(cells).hasSize(5);
        assertThat(cells.get(4)).isNotBlank();
        if (property.path("default").isValueNode()) {
            assertThat(cells.get(2)).isEqualTo(property.get("default").asText());
        }
        if (property.has("minimum")) {
            assertThat(cells.get(3))
                    .isEqualTo(number(property.get("minimum")) + " to " + number(property.get("maximum")));
        }
    }

    @Test
    void nothingIsExplainedThatIsNotThere() {
        for (Place place : Place.values()) {
            assertThat(rows(place).stream().map(cells -> cells.get(0)))
                    .as(place.heading())
                    .containsExactlyElementsOf(SettingsSchema.properties(place).stream()
                            .map(name -> "`" + name + "`")
                            .toList());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void isTakenByTheReaderAndTheSchema(String where, String example) throws InvalidSettingsException {
        assertThat(SettingsSchema.faults(example)).isEmpty();
        assertThat(NamedSecrets.read(example).table().models()).isNotEmpty();
    }

    @Test
    void theExamplesAreFound() throws IOException {
        assertThat(examples().map(example -> (String) example.get()[0]))
                .contains("README.md 1", "docs/settings.md 1", "docs/settings.md 2", "local.settings.json.sample");
    }

    @Test
    void theFullExampleHasEveryProperty() {
        String full = blocks(DOCUMENT).get(1);

        properties()
                .map(property -> (String) property.get()[1])
                .filter(name -> !name.equals("value")) // for local work alone
                .forEach(name -> assertThat(full).contains("\"" + name + "\": "));
    }

    static Stream<Arguments> properties() {
        return Arrays.stream(Place.values())
                .flatMap(place -> SettingsSchema.properties(place).stream().map(name -> Arguments.of(place, name)));
    }

    static Stream<Arguments> examples() throws IOException {
        List<Arguments> examples = new ArrayList<>();
        List<Path> files = new ArrayList<>(List.of(Path.of("README.md")));
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
        }
        for (Path file : files) {
            int found = 0;
            for (String block : blocks(SettingsSchema.read(file))) {
                if (SettingsSchema.json(block).has("models")) {
                    examples.add(Arguments.of(file.toString().replace('\\', '/') + " " + ++found, block));
                }
            }
        }
        String sample = "local.settings.json.sample";
        examples.add(Arguments.of(
                sample,
                SettingsSchema.json(SettingsSchema.read(Path.of(sample)))
                        .at("/Values/ROUTER_SETTINGS")
                        .asText()));
        return examples.stream();
    }

    private static List<String> blocks(String text) {
        return JSON_BLOCK.matcher(text).results().map(block -> block.group(1)).toList();
    }

    private static List<String> row(Place place, String name) {
        return rows(place).stream()
                .filter(cells -> cells.get(0).equals("`" + name + "`"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("`" + name + "` is not explained under " + place.heading()));
    }

    /** The tables of the section, cell by cell, without their headings. */
    private static List<List<String>> rows(Place place) {
        String section = DOCUMENT.split("(?m)^" + Pattern.quote(place.heading()) + "$", 2)[1]
                .split("(?m)^## ")[0];
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(
                                line.substring(1, line.lastIndexOf('|')).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    private static String number(JsonNode value) {
        return String.format(Locale.ROOT, "%,d", value.longValue());
    }
}
