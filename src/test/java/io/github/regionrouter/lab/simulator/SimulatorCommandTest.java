package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class SimulatorCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void withoutAScenarioThreeRegionsRun() {
        assertThat(run("--once", "--port", "0")).isZero();

        assertThat(out.toString().lines().filter(line -> line.contains("http://127.0.0.1:")))
                .hasSize(4)
                .anyMatch(line -> line.matches(" *swedencentral +http://127.0.0.1:\\d+ +key-of-swedencentral +any"
                        + " +30000 tokens, 180 requests +300 ms \\+ 15 ms per token"))
                .anyMatch(line -> line.contains("eastus2"))
                .anyMatch(line -> line.contains("westus3"));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theUsualPortsAreFixed() {
        assertThat(Scenario.usual(Scenario.FIRST_PORT).regions())
                .extracting(part -> part.config().port())
                .containsExactly(9_101, 9_102, 9_103);
    }

    @Test
    void aScenarioRunsFromAFile() throws Exception {
        Path file = scenario("{\"regions\":[{\"name\":\"eastus\",\"deployments\":[{\"name\":\"p\","
                + "\"provisionedTokensPerMinute\":600},\"o3\"]}]}");

        assertThat(run("--once", "--scenario", file.toString())).isZero();

        assertThat(out.toString()).contains("600 tokens provisioned", "no limit", "any", "at once", "\"model\":\"o3\"");
    }

    @Test
    void aScenarioIsChecked() throws Exception {
        assertThat(run(
                        "--check",
                        "-s",
                        scenario("{\"regions\":[{\"name\":\"eastus\"}]}").toString()))
                .isZero();

        assertThat(out.toString()).startsWith("1 region, nothing wrong.");
    }

    @Test
    void aWrongScenarioIsRefusedWithEverythingThatIsWrong() throws Exception {
        Path file = scenario("{\"regions\":[{\"name\":\"eastus\",\"port\":99999,\"jitter\":7}]}");

        assertThat(run("-s", file.toString())).isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        "is refused:",
                        "  regions[0].port: 99999 (expected: 0 to 65535)",
                        "  regions[0].jitter: 7 (expected: 0 to 2)");
    }

    @Test
    void wrongArgumentsAreUsageErrors() {
        assertThat(run("--speed", "9")).isEqualTo(2);
        assertThat(run("--port", "70000")).isEqualTo(2);
        assertThat(run("--scenario", "no-such-file.json")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "'--speed'",
                        "--port: 70000 (expected: 0 to 65533",
                        "--scenario: no-such-file.json (expected: ");
    }

    @Test
    void helpIsNoError() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--scenario=FILE", "--port=PORT", "--check", "docs/simulator.md");
    }

    @Test
    void aPortThatIsTakenEndsItAndFreesTheOthers() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path file =
                    scenario("{\"regions\":[{\"name\":\"a\"},{\"name\":\"b\",\"port\":" + taken.getLocalPort() + "}]}");

            assertThat(run("-s", file.toString())).isEqualTo(1);
            assertThat(err.toString()).contains("The simulator cannot start: ");
        }
    }

    @Test
    void regionsThatRunTogetherHaveOneClock() throws Exception {
        RegionConfig config = RegionConfig.named("a").requestsPerMinute(6);
        Scenario scenario = new Scenario(List.of(
                new Scenario.Part(config, List.of()),
                new Scenario.Part(
                        RegionConfig.named("b"),
                        List.of(Fault.status(503).during(Duration.ofMinutes(1), Duration.ofMinutes(1))))));
        try (Simulator simulator = Simulator.start(scenario)) {
            simulator.clock().stopped(true);
            Caller first = new Caller(simulator.regions().get(0));
            Caller second = new Caller(simulator.regions().get(1));
            first.chat();
            assertThat(first.chat().statusCode()).isEqualTo(429);
            assertThat(second.chat().statusCode()).isEqualTo(200);

            second.post("/_simulator/clock", "{\"advanceMs\":60000}");

            assertThat(first.chat().statusCode()).isEqualTo(200);
            assertThat(second.chat().statusCode()).isEqualTo(503);
        }
    }

    private int run(String... arguments) {
        CommandLine line = SimulatorCommand.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private Path scenario(String json) throws Exception {
        return Files.writeString(folder.resolve("scenario.json"), json);
    }
}
