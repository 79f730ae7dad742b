package io.github.regionrouter.lab.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What one run of {@code bench/run} wrote down, a JSON object a line. */
record Samples(List<JsonNode> all) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Samples read(Path file) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            all.add(JSON.readTree(line));
        }
        return new Samples(all);
    }

    Samples phase(String phase) {
        return where(sample -> sample.path("phase").asText().equals(phase));
    }

    Samples of(String gateway) {
        return where(sample -> sample.path("gateway").asText().equals(gateway));
    }

    /** Of the phase {@code saturation}. */
    Samples cell(String scenario, String body) {
        return where(sample -> sample.path("scenario").asText().equals(scenario)
                && sample.path("body").asText().equals(body));
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Of the last sample that has the field; empty if none has. */
    String text(String field) {
        return all.stream()
                .map(sample -> sample.path(field).asText())
                .filter(text -> !text.isEmpty())
                .reduce("", (earlier, later) -> later);
    }

    @Nullable
    Spread spread(ToDoubleFunction<JsonNode> figure) {
        return Spread.of(all.stream().map(figure::applyAsDouble).toList());
    }

    /** The greatest take alone; null of nothing. */
    @Nullable
    Spread greatest(ToDoubleFunction<JsonNode> figure) {
        return Spread.of(all.stream()
                .map(figure::applyAsDouble)
                .sorted(Comparator.reverseOrder())
                .limit(1)
                .toList());
    }

    /** A figure against another one of the same round, since what else the machine does changes from round to round. */
    @Nullable
    Spread against(Samples others, ToDoubleBiFunction<JsonNode, JsonNode> figure) {
        List<Double> takes = new ArrayList<>();
        for (JsonNode mine : all) {
            for (JsonNode other : others.all) {
                if (mine.path("round").equals(other.path("round"))) {
                    takes.add(figure.applyAsDouble(mine, other));
                }
            }
        }
        return Spread.of(takes);
    }

    private Samples where(Predicate<JsonNode> condition) {
        return new Samples(all.stream().filter(condition).toList());
    }
}
