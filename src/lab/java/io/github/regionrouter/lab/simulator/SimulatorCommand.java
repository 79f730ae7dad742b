package io.github.regionrouter.lab.simulator;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code mvn test-compile exec:java@simulator}: simulated regions alone, until Ctrl-C. Exit status 0, 1 if a port is taken, 2 for wrong
 * arguments or a wrong scenario.
 */
@Command(
        name = "simulator",
        description = "Runs simulated Azure OpenAI regions on loopback ports, until Ctrl-C.",
        footer = "docs/simulator.md explains scenarios and the control API.")
public final class SimulatorCommand implements Callable<Integer> {

    @Spec
    @Nullable
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Says this.")
    @SuppressWarnings("UnusedVariable")
    private boolean help;

    @Option(
            names = {"-s", "--scenario"},
            paramLabel = "FILE",
            description = "The regions, as JSON. Without it three of them: swedencentral, eastus2, westus3.")
    @Nullable
    private Path scenario;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Without a scenario: the first region's port, the others follow; 0 for any (default: 9101).")
    @Nullable
    private Integer port;

    @Option(names = "--check", description = "Reads the scenario, says what is wrong with it, and starts nothing.")
    private boolean check;

    @Option(names = "--once", description = "Starts, says what listens where, and ends.")
    private boolean once;

    SimulatorCommand() {}

    /** Ends the JVM unless all went well. */
    public static void main(String[] args) {
        int status = commandLine().execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new SimulatorCommand());
    }

    @Override
    public Integer call() throws InterruptedException {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        Scenario wanted = wanted(line);
        PrintWriter out = line.getOut();
        if (check) {
            int count = wanted.regions().size();
            out.println(count + (count == 1 ? " region" : " regions") + ", nothing wrong.");
            return 0;
        }
        try (Simulator simulator = Simulator.start(wanted)) {
            new Listing(simulator).print(out);
            if (!once) {
                untilStopped(simulator);
            }
            return 0;
        } catch (RuntimeException e) {
            line.getErr().println("The simulator cannot start: " + e.getMessage());
            return 1;
        }
    }

    private Scenario wanted(CommandLine line) {
        if (port != null && (scenario != null || port < 0 || port > 65_533)) {
            throw new ParameterException(
                    line, Check.message("--port", port, "0 to 65533, and no --scenario beside it"));
        }
        if (scenario == null) {
            return Scenario.usual(port == null ? Scenario.FIRST_PORT : port);
        }
        try {
            return ScenarioReader.read(Files.readAllBytes(scenario));
        } catch (IOException e) {
            throw new ParameterException(line, Check.message("--scenario", scenario, "a file that can be read"), e);
        } catch (InvalidScenarioException e) {
            throw new ParameterException(line, scenario + " is refused:\n  " + String.join("\n  ", e.problems()), e);
        }
    }

    /** Ctrl-C ends the JVM; its hook closes the regions, so that callers see a closed connection and the ports are free. */
    private static void untilStopped(Simulator simulator) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "simulator-stop"));
        new CountDownLatch(1).await();
    }
}
