package io.github.regionrouter.host;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/** Stands in for Application Insights on loopback: takes what the agent sends and keeps it. */
final class TelemetrySink implements AutoCloseable {

    private final HttpServer server;
    private final List<Envelope> envelopes = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private TelemetrySink(HttpServer server) {
        this.server = server;
    }

    static TelemetrySink start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TelemetrySink sink = new TelemetrySink(server);
        server.setExecutor(Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "telemetry-sink");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", sink::handle);
        server.start();
        return sink;
    }

    /** Every endpoint that the agent knows is this one, live metrics too. */
    String connectionString() {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        return "InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=" + url + ";LiveEndpoint="
                + url + ";ProfilerEndpoint=" + url;
    }

    /** What came so far. */
    synchronized List<Envelope> envelopes() {
        return List.copyOf(envelopes);
    }

    /** All that came so far, as it came. */
    synchronized String text() {
        return text.toString();
    }

    /** Waits until so many envelopes of that kind are there, or the time is over. */
    synchronized void await(Predicate<Envelope> kind, int count, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (envelopes.stream().filter(kind).count() < count) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestURI().getPath().endsWith("/track")) {
                int count = keep(unzipped(exchange, body));
                byte[] answer = ("{\"itemsReceived\":" + count + ",\"itemsAccepted\":" + count + ",\"errors\":[]}")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            } else {
                exchange.getResponseHeaders().add("x-ms-qps-subscribed", "false"); // nobody looks at live metrics
                exchange.sendResponseHeaders(200, -1);
            }
        }
    }

    private static String unzipped(HttpExchange exchange, byte[] body) throws IOException {
        if (!"gzip".equals(exchange.getRequestHeaders().getFirst("content-encoding"))) {
            return new String(body, StandardCharsets.UTF_8);
        }
        try (InputStream unzipped = new GZIPInputStream(new java.io.ByteArrayInputStream(body))) {
            return new String(unzipped.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private synchronized int keep(String lines) throws IOException {
        text.append(lines).append('\n');
        int count = 0;
        for (String line : lines.lines().filter(line -> !line.isBlank()).toList()) {
            try (JsonReader json = JsonProviders.createReader(line)) {
                envelopes.add(Envelope.of(json.readMap(JsonReader::readUntyped)));
                count++;
            }
        }
        notifyAll();
        return count;
    }

    /**
     * One row of Application Insights.
     *
     * @param kind {@code RemoteDependencyData}, {@code RequestData}, {@code MessageData} …
     * @param fields what is particular to the kind
     * @param tags what is common to all kinds
     */
    record Envelope(String kind, Map<String, Object> fields, Map<String, Object> tags) {

        @SuppressWarnings("unchecked")
        static Envelope of(Map<String, Object> json) {
            Map<String, Object> data = (Map<String, Object>) json.get("data");
            return new Envelope(
                    (String) data.get("baseType"), (Map<String, Object>) data.get("baseData"), (Map<String, Object>)
                            json.getOrDefault("tags", Map.of()));
        }

        /** The trace that it belongs to, in the form of a W3C trace id. */
        String operation() {
            return (String) tags.get("ai.operation.id");
        }

        /** Id of the span above it. */
        String parent() {
            return (String) tags.get("ai.operation.parentId");
        }

        /** Id of its own span. */
        String id() {
            return (String) fields.get("id");
        }

        String name() {
            return (String) fields.get("name");
        }

        boolean is(String type) {
            return kind.equals("RemoteDependencyData") && type.equals(fields.get("type"));
        }

        /** What becomes {@code customDimensions}. */
        @SuppressWarnings("unchecked")
        Map<String, String> properties() {
            Map<String, String> sorted = new TreeMap<>();
            ((Map<String, Object>) fields.getOrDefault("properties", Map.of()))
                    .forEach((name, value) -> sorted.put(name, String.valueOf(value)));
            return sorted;
        }
    }
}
