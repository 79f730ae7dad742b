package io.github.regionrouter.lab.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the figures of a run into the document, between its two marks, and as JSON beside the samples. */
public final class BenchReport {

    private static final String FROM = "<!-- bench/run writes from here -->\n";
    private static final String TO = "<!-- to here -->\n";

    private final Samples samples;
    private final ObjectMapper json = new ObjectMapper();

    private BenchReport(Samples samples) {
        this.samples = samples;
    }

    /** @param paths the folder with {@code samples.jsonl} and perhaps {@code jmh.json}, and the document */
    public static void main(String... paths) throws IOException {
        Path folder = Path.of(paths[0]);
        Path document = Path.of(paths[1]);
        BenchReport report = new BenchReport(Samples.read(folder.resolve("samples.jsonl")));

        String text = Files.readString(document);
        int from = text.indexOf(FROM) + FROM.length();
        Files.writeString(
                document, text.substring(0, from) + report.figures(folder) + text.substring(text.indexOf(TO, from)));
        report.json
                .writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve("results.json").toFile(), report.results());
    }

    private String figures(Path folder) throws IOException {
        LoadTables tables = new LoadTables(samples);
        List<String> parts = new ArrayList<>(List.of(
                machine(),
                "## Against the goals\n\n" + goals(),
                "## CPU of one request\n\nMicroseconds of the gateway's processes, at saturation.\n\n"
                        + tables.saturation(Figures::cpuPerRequest, false),
                "## Requests a second at saturation\n\n" + tables.saturation(Figures::throughput, true),
                "## Added latency at a fixed rate\n\nMilliseconds more than without a gateway, 600 B, healthy.\n\n"
                        + tables.steady(),
                "## Streams\n\n" + tables.streams(),
                "## Start-up and memory\n\n" + tables.starts()));
        Path jmh = folder.resolve("jmh.json");
        if (Files.exists(jmh)) {
            parts.add("## Microbenchmarks\n\n" + JmhTable.of(json.readTree(jmh.toFile())));
        }
        return "\n" + String.join("\n", parts) + "\n";
    }

    private String machine() {
        JsonNode machine = samples.phase("machine").all().get(0);
        StringBuilder text = new StringBuilder("## The run\n\n");
        text.append(String.format(
                Locale.ROOT,
                "%s, %s, %s cores, %s GiB, %s, %s, %s. %s rounds of %s s each%s. Others used %s %% of the"
                        + " machine before the run and %s %% after it; of a JVM's CPU, its compilers took at most %s %%.%n%n",
                machine.path("date").asText(),
                machine.path("cpu").asText(),
                machine.path("cores").asText(),
                machine.path("memoryGib").asText(),
                machine.path("system").asText(),
                machine.path("kernel").asText(),
                machine.path("java").asText(),
                machine.path("rounds").asText(),
                machine.path("window").asText(),
                machine.path("quick").asBoolean() ? " (`--quick`)" : "",
                machine.path("busyBefore").asText(),
                samples.phase("end").text("busyAfter"),
                Table.cell(samples.phase("saturation").greatest(Figures::compilers))));
        Gateways.NAMES.forEach((gateway, name) -> {
            Samples about = samples.phase("gateway").of(gateway);
            if (!about.text("notRun").isEmpty()) {
                text.append("* ")
                        .append(name)
                        .append(": **not run**, ")
                        .append(about.text("notRun"))
                        .append('\n');
            } else if (!about.isEmpty()) {
                text.append("* ")
                        .append(name)
                        .append(": ")
                        .append(about.text("version"))
                        .append('\n');
            } else if (!gateway.equals("direct")) {
                text.append("* ").append(name).append(": **not run**, not asked for\n");
            }
        });
        return text.toString();
    }

    private String goals() {
        Table table = new Table("goal", "bound", "measured", "met");
        for (Goal goal : Goal.of(samples)) {
            table.row(List.of(
                    goal.what(),
                    (goal.most() ? "≤ " : "≥ ") + Spread.number(goal.bound()) + " " + goal.unit(),
                    Table.cell(goal.measured()),
                    goal.met()));
        }
        return table.toString();
    }

    private Map<String, Object> results() {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("machine", samples.phase("machine").all().get(0));
        results.put("gateways", samples.phase("gateway").all());
        List<Map<String, Object>> cells = new ArrayList<>();
        for (String gateway : Gateways.NAMES.keySet()) {
            for (Cell cell : Cell.ALL) {
                Samples taken = samples.phase("saturation").of(gateway).cell(cell.scenario(), cell.body());
                if (!taken.isEmpty()) {
                    cells.add(result(gateway, cell, taken));
                }
            }
        }
        results.put("saturation", cells);
        results.put("goals", Goal.of(samples));
        return results;
    }

    private static Map<String, Object> result(String gateway, Cell cell, Samples taken) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("gateway", gateway);
        result.put("scenario", cell.scenario());
        result.put("body", cell.body());
        result.put("cpuMicrosPerRequest", taken.spread(Figures::cpuPerRequest));
        result.put("requestsPerSecond", taken.spread(Figures::throughput));
        result.put("failedShare", taken.spread(Figures::failed));
        return result;
    }
}
