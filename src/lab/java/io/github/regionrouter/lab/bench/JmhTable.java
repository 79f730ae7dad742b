package io.github.regionrouter.lab.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What JMH wrote, as a table. */
final class JmhTable {

    private JmhTable() {}

    static String of(JsonNode results) {
        Table table = new Table("", "of", "ns", "± (99.9 %)");
        for (JsonNode result : results) {
            String name = result.path("benchmark").asText();
            List<String> of = new ArrayList<>();
            result.path("params")
                    .fields()
                    .forEachRemaining(param -> of.add(param.getValue().asText() + " " + unit(param.getKey())));
            JsonNode metric = result.path("primaryMetric");
            table.row(List.of(
                    "`" + name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1) + "`",
                    String.join(", ", of),
                    Spread.number(metric.path("score").asDouble()),
                    Spread.number(metric.path("scoreError").asDouble())));
        }
        return table.toString();
    }

    private static String unit(String parameter) {
        return parameter.equals("size") ? "bytes" : parameter;
    }
}
