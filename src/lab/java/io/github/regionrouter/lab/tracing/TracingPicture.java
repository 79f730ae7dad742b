package io.github.regionrouter.lab.tracing;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import io.github.regionrouter.host.ToldHost;
import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.lab.simulator.RegionConfig;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.settings.InvalidSettingsException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Draws {@code docs/tracing.svg}: three simulated regions, the streaming host in front of them, some 300 calls, and the
 * workbook's items as charts of the lines that the host wrote. One region has a small quota and most of the weight, another
 * fails now and then half-way.
 */
public final class TracingPicture {

    private static final int SECONDS = 24;
    private static final int THREADS = 14;
    private static final long LEAD_MILLIS = 300;
    private static final long PACE_MILLIS = 560;
    private static final int MOST_AT_ONCE = 13;
    private static final long FAULTS_FROM = 10_500;
    private static final long FAULTS_UNTIL = 15_000;
    private static final long FAULT_EVERY = 450;
    private static final Fault SWEDEN_IS_FAR = Fault.slowFirstByte(Duration.ofMillis(45));
    private static final String STORY =
            "eastus has most of the weight and a small quota; swedencentral fails now and then from 10 s to 15 s.";
    private static final String MODEL = "gpt-4o";
    private static final String BODY = "{\"model\":\"" + MODEL
            + "\",\"max_tokens\":16,\"messages\":[{\"role\":\"user\",\"content\":\"Question %d: which region are you?\"}]}";

    /** Used up in some seconds, since this region has the greatest weight. */
    private static final int SMALL_QUOTA = 1_400;

    /** The run begins late in a minute of the quota, so that the picture shows the next minute too. */
    private static final Duration LATE_IN_A_MINUTE = Duration.ofSeconds(104);

    /** Calls which are not counted: the first ones of a JVM are slow. Too few to use up the quota. */
    private static final int WARM_UP = 20;

    private final Queue<RunSeries.Line> lines = new ConcurrentLinkedQueue<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private volatile long start = Long.MAX_VALUE;

    private TracingPicture() {}

    /** Exit status 1 if the settings are refused. */
    public static void main(String[] args) throws IOException, InterruptedException {
        try {
            TracingPicture picture = new TracingPicture();
            picture.run();
            picture.write(Path.of("docs/tracing.svg"));
        } catch (InvalidSettingsException refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        }
    }

    private void run() throws InvalidSettingsException, InterruptedException {
        AtomicLong ahead = new AtomicLong();
        long origin = System.nanoTime();
        RegionConfig small = region("eastus").tokensPerMinute(SMALL_QUOTA).clock(() -> System.nanoTime() + ahead.get());
        try (SimulatedRegion east = SimulatedRegion.start(small);
                SimulatedRegion sweden = SimulatedRegion.start(region("swedencentral"));
                SimulatedRegion west = SimulatedRegion.start(region("westus3"));
                ToldHost host = ToldHost.start(settings(List.of(east, sweden, west))::get, this::take)) {
            sweden.faults().add(Fault.status(503).times(2));
            for (int i = 0; i < WARM_UP; i++) {
                call(host.url(), i);
            }
            sweden.faults().clear();
            ahead.set(LATE_IN_A_MINUTE.toNanos() - (System.nanoTime() - origin));
            east.faults().add(Fault.slowFirstByte(Duration.ofMillis(60)));
            sweden.faults().add(SWEDEN_IS_FAR);
            west.faults().add(Fault.slowFirstByte(Duration.ofMillis(70)));
            send(host.url(), sweden);
        }
    }

    /** Some calls at once, and again; the same ones in every run. */
    private void send(String router, SimulatedRegion failing) throws InterruptedException {
        Random random = new Random(3);
        ScheduledExecutorService callers = Executors.newScheduledThreadPool(THREADS);
        start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LEAD_MILLIS);
        int question = 0;
        for (long at = LEAD_MILLIS; at < LEAD_MILLIS + SECONDS * 1_000L - 500; at += PACE_MILLIS) {
            for (int left = 1 + random.nextInt(MOST_AT_ONCE); left > 0; left--) {
                int next = question++;
                callers.schedule(() -> call(router, next), at, TimeUnit.MILLISECONDS);
            }
        }
        for (long at = FAULTS_FROM; at < FAULTS_UNTIL; at += FAULT_EVERY) {
            callers.schedule(() -> failing.faults().add(Fault.status(503).times(1)), at, TimeUnit.MILLISECONDS);
        }
        callers.schedule(() -> failing.faults().replace(List.of(SWEDEN_IS_FAR)), FAULTS_UNTIL, TimeUnit.MILLISECONDS);
        callers.shutdown();
        if (!callers.awaitTermination(SECONDS + 30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The calls have not ended in time");
        }
    }

    private void call(String router, int question) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(router + "/openai/v1/chat/completions"))
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(BODY.formatted(question)))
                .build();
        try {
            client.send(request, BodyHandlers.ofString());
        } catch (IOException failed) {
            System.err.println(failed); // the lines say what became of it
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(String line) {
        long at = System.nanoTime() - start;
        if (at >= 0) {
            lines.add(new RunSeries.Line(TimeUnit.NANOSECONDS.toMillis(at), line));
        }
    }

    private void write(Path picture) throws IOException {
        Map<String, String> titles = titles(Path.of("infra/workbook.json"));
        RunSeries run = RunSeries.of(List.copyOf(lines), SECONDS);
        Files.writeString(picture, TracingDrawing.of(run, STORY, titles::get));
    }

    /** What the workbook calls its items. */
    private static Map<String, String> titles(Path workbook) throws IOException {
        Map<String, String> titles = new HashMap<>();
        try (JsonReader json = JsonProviders.createReader(Files.readString(workbook))) {
            Map<String, Object> root = json.readMap(JsonReader::readUntyped);
            for (Object item : (List<?>) root.get("items")) {
                Map<?, ?> members = (Map<?, ?>) item;
                Object title = ((Map<?, ?>) members.get("content")).get("title");
                titles.put((String) members.get("name"), (String) title);
            }
        }
        return titles;
    }

    private static RegionConfig region(String name) {
        return RegionConfig.named(name)
                .apiKey("key-of-" + name)
                .firstTokenDelay(Duration.ofMillis(40))
                .tokenDelay(Duration.ofMillis(4));
    }

    private static Map<String, String> settings(List<SimulatedRegion> regions) {
        String list = regions.stream()
                .map(region -> "{\"name\":\"" + region.config().name() + "\",\"endpoint\":\"" + region.endpoint()
                        + "\",\"apiKey\":{\"value\":\"" + region.config().apiKey() + "\"},\"priority\":1,\"weight\":"
                        + (region.config().quotas().tokensPerMinute() > 0 ? 6 : 1) + "}")
                .collect(Collectors.joining(","));
        return Map.of(
                "ROUTER_SETTINGS", "{\"models\":{\"" + MODEL + "\":{\"regions\":[" + list + "]}},\"anonymous\":true}");
    }
}
