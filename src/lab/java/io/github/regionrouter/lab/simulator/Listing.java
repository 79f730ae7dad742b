package io.github.regionrouter.lab.simulator;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What listens where, as a table. */
final class Listing {

    private static final List<String> HEADS = List.of("region", "url", "key", "deployment", "per minute", "pace");

    private final Simulator simulator;

    Listing(Simulator simulator) {
        this.simulator = simulator;
    }

    void print(PrintWriter out) {
        List<List<String>> rows = new ArrayList<>(List.of(HEADS));
        simulator.regions().forEach(region -> rows.addAll(rows(region)));
        out.println();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(" ");
            for (int column = 0; column < row.size(); column++) {
                line.append(' ').append(padded(row.get(column), width(rows, column)));
            }
            out.println(line.toString().stripTrailing());
        }
        SimulatedRegion first = simulator.regions().get(0);
        String key = first.config().apiKey();
        String deployment =
                first.config().deployments().stream().sorted().findFirst().orElse("gpt-4o");
        out.println();
        out.println("  Try one:");
        out.println("    curl -si " + first.endpoint()
                + "/openai/v1/chat/completions -H 'content-type: application/json' \\");
        out.println("      -H 'api-key: " + (key == null ? "any" : key) + "' \\");
        out.println("      -d '{\"model\":\"" + deployment
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'");
        out.println();
        out.println("  Ctrl-C stops it.");
        out.println();
        out.flush();
    }

    private static List<List<String>> rows(SimulatedRegion region) {
        RegionConfig config = region.config();
        List<String> deployments = config.deployments().isEmpty()
                ? List.of("any")
                : config.deployments().stream().sorted().toList();
        List<List<String>> rows = new ArrayList<>();
        for (String deployment : deployments) {
            boolean first = rows.isEmpty();
            rows.add(List.of(
                    first ? config.name() : "",
                    first ? region.endpoint().toString() : "",
                    first ? key(config) : "",
                    deployment,
                    limit(config.quotasOf(deployment)),
                    first ? pace(config.pace()) : ""));
        }
        return rows;
    }

    private static String key(RegionConfig config) {
        return config.apiKey() == null ? "any" : config.apiKey();
    }

    private static String limit(Quotas quotas) {
        if (quotas.provisionedTokensPerMinute() > 0) {
            return quotas.provisionedTokensPerMinute() + " tokens provisioned";
        }
        List<String> limits = new ArrayList<>();
        if (quotas.tokensPerMinute() > 0) {
            limits.add(quotas.tokensPerMinute() + " tokens");
        }
        if (quotas.requestsPerMinute() > 0) {
            limits.add(quotas.requestsPerMinute() + " requests");
        }
        return limits.isEmpty() ? "no limit" : String.join(", ", limits);
    }

    private static String pace(Pace pace) {
        boolean atOnce = pace.firstToken().isZero() && pace.token().isZero();
        return atOnce ? "at once" : millis(pace.firstToken()) + " + " + millis(pace.token()) + " per token";
    }

    private static String millis(Duration time) {
        return time.toMillis() + " ms";
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length() + 1);
    }
}
