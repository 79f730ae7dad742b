package io.github.regionrouter.lab;

import io.github.regionrouter.host.StreamingHost;
import io.github.regionrouter.lab.simulator.RegionConfig;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.settings.InvalidSettingsException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * What plain {@code mvn} runs: three simulated regions, the router in front of them, one call through it with its story, and
 * then whatever you send. With {@code -Dlab.once=true} it stops after the one call.
 */
public final class LocalRun {

    private static final String MODEL = "gpt-4o";
    private static final String BODY = "{\"model\":\"" + MODEL
            + "\",\"max_tokens\":16,\"messages\":[{\"role\":\"user\",\"content\":\"Which region are you?\"}]}";

    /** Room for one call of {@link #BODY} a minute, and not for two. */
    private static final int ALMOST_NO_QUOTA = 30;

    private final PrintStream out;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private LocalRun(PrintStream out) {
        this.out = out;
    }

    /** Exit status 1, with the reason, if the port is taken or the call through the router does not succeed. */
    public static void main(String[] args) throws InterruptedException {
        try {
            new LocalRun(System.out).run(Boolean.getBoolean("lab.once"));
        } catch (InvalidSettingsException | IOException | IllegalStateException failure) {
            System.err.println();
            System.err.println("The local run cannot go on: " + failure.getMessage());
            System.exit(1);
        }
    }

    private void run(boolean once) throws InvalidSettingsException, IOException, InterruptedException {
        try (SimulatedRegion east = SimulatedRegion.start(
                        RegionConfig.named("eastus").apiKey("key-of-eastus").tokensPerMinute(ALMOST_NO_QUOTA));
                SimulatedRegion sweden = SimulatedRegion.start(
                        RegionConfig.named("swedencentral").apiKey("key-of-swedencentral"));
                SimulatedRegion west =
                        SimulatedRegion.start(RegionConfig.named("westus3").apiKey("key-of-westus3"))) {
            List<SimulatedRegion> regions = List.of(east, sweden, west);
            StreamingHost router = StreamingHost.start(settings(regions)::get);
            try {
                useUp(east);
                tell(router, regions, call(router.url()));
                if (!once) {
                    out.println("  Ctrl-C stops it.");
                    out.println();
                    new CountDownLatch(1).await();
                }
            } finally {
                router.stop();
            }
        }
    }

    /** The app settings that a deployed router would have. */
    private static Map<String, String> settings(List<SimulatedRegion> regions) {
        String list = regions.stream()
                .map(region -> "{\"name\":\"" + region.config().name() + "\",\"endpoint\":\"" + region.endpoint()
                        + "\",\"apiKey\":{\"value\":\"" + region.config().apiKey() + "\"}}")
                .collect(Collectors.joining(","));
        String document = "{\"models\":{\"" + MODEL + "\":{\"regions\":[" + list + "]}},\"anonymous\":true}";
        String port = System.getProperty("lab.port", "7071");
        return Map.of("ROUTER_SETTINGS", document, "FUNCTIONS_CUSTOMHANDLER_PORT", port);
    }

    private void useUp(SimulatedRegion region) throws IOException, InterruptedException {
        expect200(post(
                region.endpoint() + "/openai/v1/chat/completions",
                "api-key",
                region.config().apiKey()));
    }

    private Answered call(String router) throws IOException, InterruptedException {
        long start = System.nanoTime();
        HttpResponse<String> response = expect200(post(router + "/openai/v1/chat/completions", "accept", "*/*"));
        return new Answered(response, (System.nanoTime() - start) / 1_000_000);
    }

    private HttpResponse<String> post(String url, String header, String value)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("content-type", "application/json")
                .header(header, value)
                .POST(BodyPublishers.ofString(BODY))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static HttpResponse<String> expect200(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(
                    response.uri() + " answered " + response.statusCode() + " (expected: 200): " + response.body());
        }
        return response;
    }

    private void tell(StreamingHost router, List<SimulatedRegion> regions, Answered answered) {
        out.println();
        out.println("  Region Router for Azure OpenAI, in front of three simulated regions");
        out.println();
        for (SimulatedRegion region : regions) {
            long quota = region.config().quotas().tokensPerMinute();
            out.printf(
                    "  %-14s %s  %s%n",
                    region.config().name(),
                    region.endpoint(),
                    quota > 0 ? quota + " tokens per minute, just used up" : "no limit");
        }
        out.println();
        out.println("  One call for " + MODEL + " through the router: 200 after " + answered.millis + " ms");
        out.println();
        out.printf("  %-8s %-14s %6s %6s  %s%n", "attempt", "region", "status", "ms", "decision");
        String[] attempts = answered.header("x-router-attempts").split(", ");
        for (int i = 0; i < attempts.length; i++) {
            String[] parts = attempts[i].split(";[a-z]+=");
            out.printf("  %-8d %-14s %6s %6s  %s%n", i + 1, parts[0], parts[1], parts[2], parts[3]);
        }
        out.println();
        out.println("  Answered by " + answered.header("Backend-Service-URL"));
        out.println();
        out.println("  The router listens on " + router.url() + ". Try it:");
        out.println();
        out.println(
                "    curl -si " + router.url() + "/openai/v1/chat/completions -H 'content-type: application/json' \\");
        out.println(
                "      -d '{\"model\":\"" + MODEL + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'");
        out.println();
        out.println("  What it knows of its regions: " + router.url() + "/router/");
        out.println();
        out.println("  Your client needs one line changed, its URL:");
        out.println();
        out.println("    JavaScript  new OpenAI({ baseURL: \"" + router.url() + "/openai/v1\", apiKey: \"any\" })");
        out.println("    Python      OpenAI(base_url=\"" + router.url() + "/openai/v1\", api_key=\"any\")");
        out.println("    Java        OpenAIOkHttpClient.builder().baseUrl(\"" + router.url()
                + "/openai/v1\").apiKey(\"any\").build()");
        out.println();
    }

    private record Answered(HttpResponse<String> response, long millis) {
        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }
}
