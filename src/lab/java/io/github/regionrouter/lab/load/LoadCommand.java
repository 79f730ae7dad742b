package io.github.regionrouter.lab.load;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The load tester's command line; docs/load.md. */
@Command(
        name = "load",
        version = "Region Router load tester 0.1.0",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Calls chat completions at the URLs given, and at nothing else, and tells what became of the calls.",
        footer = {
            "",
            "Exit status: 0 if a call was served, 1 if none was or a report could not be written, 2 if the options are wrong, "
                    + "130 after Ctrl-C, which prints and writes what there is."
        })
final class LoadCommand implements Callable<Integer> {

    static final int INTERRUPTED = 130;

    /** It warns of broken connections, which are results here and would tear the line of progress. Held, or it is forgotten. */
    private static final Logger TRANSPORT = Logger.getLogger("reactor.netty");

    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration LONGEST_WRITING = Duration.ofSeconds(20);

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final LoadOptions options;

    @Option(
            names = "--refresh",
            paramLabel = "<seconds>",
            defaultValue = "1",
            converter = Converters.Seconds.class,
            description = "Between two lines of progress, on standard error; 0 for none. Default: ${DEFAULT-VALUE}.")
    private Duration refresh = Duration.ofSeconds(1);

    @Option(names = "--json", paramLabel = "<file>", description = "Writes the whole result as JSON.")
    private @Nullable Path json;

    @Option(
            names = "--html",
            paramLabel = "<file>",
            description = "Writes a report with charts, one file that needs no other.")
    private @Nullable Path html;

    private final UnaryOperator<@Nullable String> environment;
    private final PrintStream out;
    private final PrintStream err;

    private LoadCommand(UnaryOperator<@Nullable String> environment, PrintStream out, PrintStream err) {
        options = new LoadOptions(environment);
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** Ends the JVM with the status unless that is 0, since Maven's JVM may have more to do. */
    public static void main(String[] args) {
        TRANSPORT.setLevel(Level.SEVERE);
        int status = run(args, System::getenv, System.out, System.err);
        if (status != 0 && status != INTERRUPTED) {
            System.exit(status);
        }
    }

    /** Gives the exit status. */
    static int run(String[] args, UnaryOperator<@Nullable String> environment, PrintStream out, PrintStream err) {
        return new CommandLine(new LoadCommand(environment, out, err))
                .setOut(new PrintWriter(out, true, Charset.defaultCharset()))
                .setErr(new PrintWriter(err, true, Charset.defaultCharset()))
                .setParameterExceptionHandler(new UsageErrors())
                .execute(args);
    }

    @Override
    public Integer call() {
        LoadPlan plan = plan();
        LiveLine live = new LiveLine(err, System.console() != null, environment.apply("COLUMNS"));
        LoadRun run = new LoadRun(plan, refresh, live);
        CountDownLatch written = new CountDownLatch(1);
        Thread hook = new Thread(() -> interrupt(run, written), "load-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            LoadReport report = run.run();
            out.print(TextReport.of(report));
            out.flush();
            write(json, JsonReport.of(report));
            write(html, HtmlReport.of(report));
            return report.interrupted() ? INTERRUPTED : report.all().served() > 0 ? 0 : 1;
        } catch (IOException unwritten) {
            err.println("A report could not be written: " + unwritten);
            return 1;
        } finally {
            written.countDown();
            forget(hook);
        }
    }

    private LoadPlan plan() {
        CommandSpec command = Objects.requireNonNull(spec);
        try {
            writable("--json", json);
            writable("--html", html);
            LoadOptions.check(
                    json == null || html == null || !place(json).equals(place(html)),
                    "--html: " + html + " (expected: another file than that of --json)");
            return options.plan();
        } catch (IllegalArgumentException | IOException wrong) {
            throw new CommandLine.ParameterException(command.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /** The JVM is on its way out, and waits for this thread. */
    private static void interrupt(LoadRun run, CountDownLatch written) {
        run.interrupt(GRACE);
        try {
            written.await(GRACE.plus(LONGEST_WRITING).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyOnTheWayOut) {
            // then it has done its work
        }
    }

    /** Before the run, for after it would be too late. */
    private static void writable(String option, @Nullable Path file) {
        if (file != null) {
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
                throw new IllegalArgumentException(
                        option + ": " + file + " (expected: a file in a folder that exists)");
            }
        }
    }

    /** Where a file is, whatever links lead to it. */
    private static Path place(Path file) throws IOException {
        return Files.exists(file)
                ? file.toRealPath()
                : Objects.requireNonNull(file.toAbsolutePath().getParent())
                        .toRealPath()
                        .resolve(file.getFileName());
    }

    private void write(@Nullable Path file, String text) throws IOException {
        if (file != null) {
            Files.writeString(file, text);
            out.println("  Written: " + file);
        }
    }
}
