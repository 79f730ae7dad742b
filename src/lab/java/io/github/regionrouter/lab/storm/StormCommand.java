package io.github.regionrouter.lab.storm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code mvn test-compile exec:java@storm}: runs the storm and writes docs/storm.md and its charts anew. */
@Command(
        name = "storm",
        mixinStandardHelpOptions = true,
        version = "storm 1",
        description = "The 429 storm on virtual time: the router's own plan beside other ways to share regions.")
public final class StormCommand implements Callable<Integer> {

    private static final String BEGIN = "<!-- figures -->";
    private static final String END = "<!-- end of figures -->";
    private static final String OVERLOADED = "slices-150";

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--seed", defaultValue = "1", description = "the same seed gives the same figures")
    private long seed;

    @Option(names = "--only", description = "one workload alone, printed and not written")
    private String only;

    @Option(names = "--docs", defaultValue = "docs", description = "where storm.md and the charts are (default: docs)")
    private Path docs;

    /** Exit status 2 for an option that is not understood. */
    public static void main(String[] args) {
        int status = new CommandLine(new StormCommand()).execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    @Override
    public Integer call() throws IOException {
        if (only != null) {
            System.out.print(new StormTables(Storm.of(List.of(workload(only)), seed)).text());
            return 0;
        }
        Storm storm = Storm.of(Workloads.all(), seed);
        Path page = docs.resolve("storm.md");
        Files.writeString(page, withFigures(Files.readString(page), new StormTables(storm).text()));
        Files.writeString(docs.resolve("storm.svg"), StormDrawing.of(storm));
        Files.writeString(docs.resolve("storm-overload.svg"), OverloadDrawing.of(workload(OVERLOADED), seed));
        System.out.println("written: " + page + ", storm.svg and storm-overload.svg beside it");
        return 0;
    }

    private Workload workload(String name) {
        return Workloads.all().stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--only: " + name + " (expected: one of "
                                + Workloads.all().stream().map(Workload::name).toList() + ")"));
    }

    /** @throws IllegalStateException if the page has no place for them */
    static String withFigures(String page, String figures) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("storm.md: no place (expected: " + BEGIN + " and " + END + ")");
        }
        return page.substring(0, begin + BEGIN.length()) + "\n\n" + figures + page.substring(end);
    }
}
