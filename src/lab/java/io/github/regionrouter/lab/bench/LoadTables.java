package io.github.regionrouter.lab.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/** The tables of a run: a line for each gateway. */
record LoadTables(Samples samples) {

    /** Of what was taken at saturation; without a gateway there is no CPU to tell. */
    String saturation(ToDoubleFunction<JsonNode> figure, boolean withDirect) {
        Samples all = samples.phase("saturation");
        List<Cell> cells = Cell.ALL.stream()
                .filter(cell -> !all.cell(cell.scenario(), cell.body()).isEmpty())
                .toList();
        List<String> heads = new ArrayList<>(List.of(""));
        cells.forEach(cell -> heads.add(cell.title()));
        Table table = new Table(heads.toArray(String[]::new));
        Gateways.NAMES.forEach((gateway, name) -> {
            if (all.of(gateway).isEmpty() || (gateway.equals("direct") && !withDirect)) {
                return;
            }
            List<String> row = new ArrayList<>(List.of(name));
            for (Cell cell : cells) {
                Samples taken = all.of(gateway).cell(cell.scenario(), cell.body());
                row.add(Table.cell(taken.spread(figure)) + failures(taken));
            }
            table.row(row);
        });
        return table.toString();
    }

    String steady() {
        Table table = new Table("", "requests/s", "CPU µs/request", "p50", "p99", "p50 added", "p99 added");
        Samples all = samples.phase("steady");
        Gateways.NAMES.forEach((gateway, name) -> {
            Samples mine = all.of(gateway);
            if (!mine.isEmpty()) {
                table.row(List.of(
                        name,
                        mine.text("rate"),
                        gateway.equals("direct") ? "–" : Table.cell(mine.spread(Figures::cpuPerRequest)),
                        Table.cell(mine.spread(millis("wholeP50"))),
                        Table.cell(mine.spread(millis("wholeP99"))) + failures(mine),
                        added(all, gateway, "wholeP50"),
                        added(all, gateway, "wholeP99")));
            }
        });
        return table.toString();
    }

    String streams() {
        Table table = new Table("", "CPU µs/event", "first event p50", "first event p99", "p50 added", "p99 added");
        Samples all = samples.phase("stream");
        Gateways.NAMES.forEach((gateway, name) -> {
            Samples mine = all.of(gateway);
            if (!mine.isEmpty()) {
                table.row(List.of(
                        name,
                        gateway.equals("direct") ? "–" : Table.cell(mine.spread(Figures::cpuPerEvent)),
                        Table.cell(mine.spread(millis("firstP50"))),
                        Table.cell(mine.spread(millis("firstP99"))) + failures(mine),
                        added(all, gateway, "firstP50"),
                        added(all, gateway, "firstP99")));
            }
        });
        return String.format(
                        Locale.ROOT,
                        "%s streams a second of %d events, %d ms apart; times in milliseconds.%n%n",
                        all.text("rate"),
                        StreamSource.EVENTS,
                        StreamSource.PACE_MILLIS)
                + table;
    }

    String starts() {
        Table table = new Table(
                "", "start to first 200, ms", "memory then, MiB", "with 1,000 open streams, MiB", "KiB a stream");
        Gateways.NAMES.forEach((gateway, name) -> {
            Samples mine = samples.phase("start").of(gateway);
            if (!mine.isEmpty()) {
                double open = mine.all().get(0).path("open").asDouble();
                table.row(List.of(
                        name,
                        Table.cell(mine.spread(sample -> sample.path("millis").asDouble())),
                        Table.cell(mine.spread(sample -> sample.path("idleKib").asDouble() / 1024)),
                        Table.cell(mine.spread(sample -> sample.path("heldKib").asDouble() / 1024))
                                + (open < 1000 ? String.format(Locale.ROOT, ", %.0f open", open) : ""),
                        Table.cell(mine.spread(sample -> (sample.path("heldKib").asDouble()
                                        - sample.path("idleKib").asDouble())
                                / sample.path("open").asDouble()))));
            }
        });
        return table.toString();
    }

    private static ToDoubleFunction<JsonNode> millis(String field) {
        return sample -> sample.path(field).asDouble() / 1e3;
    }

    private static String added(Samples all, String gateway, String field) {
        ToDoubleFunction<JsonNode> millis = millis(field);
        ToDoubleBiFunction<JsonNode, JsonNode> more =
                (mine, direct) -> millis.applyAsDouble(mine) - millis.applyAsDouble(direct);
        return gateway.equals("direct") ? "–" : Table.cell(all.of(gateway).against(all.of("direct"), more));
    }

    /** What share of the requests did not get a 200, if any did not. */
    private static String failures(Samples taken) {
        Spread failed = taken.spread(Figures::failed);
        return failed == null || failed.max() == 0
                ? ""
                : String.format(Locale.ROOT, "; %.1f %% failed", failed.median() * 100);
    }
}
