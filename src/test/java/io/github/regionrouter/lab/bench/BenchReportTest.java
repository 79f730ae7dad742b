package io.github.regionrouter.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was measured is told with its spread and against the goals; what was not is told as such. */
class BenchReportTest {

    @TempDir
    Path folder;

    private Path document;

    @BeforeEach
    void document() throws IOException {
        document = Files.writeString(
                folder.resolve("benchmarks.md"),
                "before\n<!-- bench/run writes from here -->\nold\n<!-- to here -->\nbehind\n");
    }

    @Test
    void aFigureIsTheMedianOfItsRoundsAndARatioIsTakenWithinARound() throws IOException {
        String text = report(
                saturation("bare", 1, 100, 0), saturation("router", 1, 120, 0),
                saturation("bare", 2, 200, 0), saturation("router", 2, 260, 0),
                saturation("bare", 3, 110, 0), saturation("router", 3, 154, 0));

        assertThat(text)
                .contains("| bare Reactor Netty | 110 (100–200) |")
                .contains("| CPU of the router against the bare proxy | ≤ 1.50 × | 1.30 (1.20–1.40) | yes |");
    }

    @Test
    void theShareOfFailedRequestsIsTold() throws IOException {
        assertThat(report(saturation("haproxy", 1, 70, 250))).contains("| HAProxy | 70.0; 25.0 % failed |");
    }

    @Test
    void whatWasNotMeasuredIsNotMadeUp() throws IOException {
        String text = report("{'phase':'gateway','gateway':'portkey','notRun':'could not be installed: no network'}");

        assertThat(text)
                .contains("* Portkey's gateway: **not run**, could not be installed: no network")
                .contains("* nginx: **not run**, not asked for")
                .contains("| CPU of Portkey's gateway against the router | ≥ 20.0 × | – | not measured |");
    }

    @Test
    void whatWasInstalledButDidNotStartWasNotRun() throws IOException {
        assertThat(report(
                        "{'phase':'gateway','gateway':'nginx','version':'nginx 1.22.1'}",
                        "{'phase':'gateway','gateway':'nginx','notRun':'did not answer'}"))
                .contains("* nginx: **not run**, did not answer");
    }

    @Test
    void theProseAroundTheFiguresStays() throws IOException {
        assertThat(report())
                .startsWith("before\n<!-- bench/run writes from here -->\n")
                .doesNotContain("old")
                .endsWith("<!-- to here -->\nbehind\n");
    }

    private static String saturation(String gateway, int round, int micros, int failed) {
        return String.format(
                "{'phase':'saturation','gateway':'%s','scenario':'healthy','body':'small','round':%d,'requests':1000,"
                        + "'seconds':1.0,'failed':%d,'cpuMicros':%d}",
                gateway, round, failed, micros * 1000);
    }

    private String report(String... samples) throws IOException {
        List<String> lines = new ArrayList<>(List.of("{'phase':'machine','cores':2}"));
        lines.addAll(List.of(samples));
        Files.write(
                folder.resolve("samples.jsonl"),
                lines.stream().map(line -> line.replace('\'', '"')).toList());
        BenchReport.main(folder.toString(), document.toString());
        return Files.readString(document);
    }
}
