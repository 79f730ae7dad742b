package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.settings.SettingsReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/simulator.md shows what is accepted, and has every property, kind of fault and option. */
final class SimulatorDocumentTest {

    private static final Pattern JSON = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FAULTS = Pattern.compile("faults -d '(.*?)'");
    private static final Pattern CLOCK = Pattern.compile("clock -d '(.*?)'");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z]+)`");

    private String document;

    @BeforeEach
    void read() throws Exception {
        document = Files.readString(Path.of("docs/simulator.md"));
    }

    @Test
    void itsScenarioAndItsSettingsAreAccepted() throws Exception {
        List<String> documents = all(JSON);

        assertThat(documents).hasSize(2);
        assertThat(scenario(documents.get(0)).regions()).hasSize(2);
        assertThat(new SettingsReader(name -> null)
                        .read(documents.get(1))
                        .table()
                        .models())
                .containsKey("gpt-4o");
    }

    @Test
    void itsControlCallsAreAccepted() {
        for (String faults : all(FAULTS)) {
            assertThat(FaultReader.read(bytes(faults))).isNotEmpty();
        }
        for (String wish : all(CLOCK)) {
            assertThat(ClockControl.answer(new DrivenClock(), bytes(wish)).status())
                    .isEqualTo(200);
        }
        assertThat(all(FAULTS)).isNotEmpty();
        assertThat(all(CLOCK)).hasSize(2);
    }

    @Test
    void everyPropertyHasARow() {
        List<String> rows = all(ROW);

        assertThat(rows).containsAll(ScenarioReader.NAMES).containsAll(RegionReader.NAMES);
    }

    @Test
    void everyKindOfFaultIsThere() {
        assertThat(FaultReader.FIELDS.keySet()).allMatch(kind -> document.contains("`" + kind + "`"));
    }

    @Test
    void everyOptionIsThere() {
        SimulatorCommand.commandLine()
                .getCommandSpec()
                .options()
                .forEach(option -> assertThat(document).contains(option.longestName()));
    }

    @Test
    void theScenariosInTheLaboratoryAreAccepted() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/lab/scenarios"))) {
            for (Path file : files.toList()) {
                assertThat(ScenarioReader.read(Files.readAllBytes(file)).regions())
                        .as(file.toString())
                        .isNotEmpty();
            }
        }
    }

    private List<String> all(Pattern pattern) {
        return pattern.matcher(document)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static Scenario scenario(String json) throws InvalidScenarioException {
        return ScenarioReader.read(bytes(json));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
