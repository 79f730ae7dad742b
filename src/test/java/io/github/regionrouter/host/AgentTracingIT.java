package io.github.regionrouter.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.regionrouter.host.TelemetrySink.Envelope;
import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.lab.simulator.ReceivedRequest;
import io.github.regionrouter.lab.simulator.RegionConfig;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The streaming host's package with the real agent, its telemetry sent to loopback: one dependency row for each attempt, one for
 * the request around them, one trace. All calls are made first and the process is stopped, so that no row can come later.
 */
final class AgentTracingIT {

    /** No one else's: neither prompts nor keys may be found in what is sent. */
    private static final String PROMPT = "zanzibar-prompt";

    /** What a region writes between its name and the prompt. */
    private static final String ECHO = "echoes:";

    private static final String REGION_KEY = "zanzibar-region-key";
    private static final String CALLER_KEY = "zanzibar-caller-key";

    private static final String ATTEMPT = "Http";
    private static final String REQUEST = "InProc";
    private static final int HEAD_AND_MORE = 600;
    private static final Duration TOKEN_DELAY = Duration.ofMillis(20);

    @TempDir
    private static Path folder;

    private static SimulatedRegion throttled;
    private static SimulatedRegion failing;
    private static SimulatedRegion serving;
    private static int closedPort;
    private static TelemetrySink sink;

    private static HttpResponse<String> answer;
    private static HttpResponse<String> stream;
    private static HttpResponse<String> unreachable;
    private static HttpResponse<String> untraced;
    private static String printed;

    @BeforeAll
    static void callAllAndStop() throws Exception {
        sink = TelemetrySink.start();
        throttled = SimulatedRegion.start(RegionConfig.named("eastus"));
        failing = SimulatedRegion.start(RegionConfig.named("swedencentral"));
        serving = SimulatedRegion.start(RegionConfig.named("westus3").tokenDelay(TOKEN_DELAY));
        throttled.faults().add(Fault.throttle(Duration.ofSeconds(30)));
        failing.faults().add(Fault.status(503));
        try (ServerSocket closed = new ServerSocket(0)) {
            closedPort = closed.getLocalPort();
        }
        Path output = folder.resolve("output.txt");
        try (StreamingPackage router = StreamingPackage.start(environment(), output)) {
            answer = call(router, "chat", Call.WHOLE, false);
            stream = call(router, "chat-stream", Call.STREAM, true);
            unreachable = call(router, "chat-unreachable", Call.UNREACHABLE, false);
            hangUp(router, "chat-hang-up", Call.HANG_UP);
            untraced = call(router, "chat-untraced", Call.UNTRACED, false);
            sink.await(row -> row.is(REQUEST), Call.values().length, Duration.ofSeconds(10));
        }
        printed = Files.readString(output);
    }

    @AfterAll
    static void close() {
        Stream.of(throttled, failing, serving).forEach(SimulatedRegion::close);
        sink.close();
    }

    @Test
    void everyAttemptIsOneRowUnderTheRowOfItsRequest() {
        assertThat(answer.statusCode()).isEqualTo(200);

        Envelope request = requestOf(Call.WHOLE);
        List<Envelope> attempts = attemptsOf(Call.WHOLE);
        assertThat(attempts)
                .extracting(row -> row.properties().get("router.attempt"), Envelope::name, AgentTracingIT::target)
                .containsExactly(
                        tuple("1", "attempt eastus", target(throttled)),
                        tuple("2", "attempt swedencentral", target(failing)),
                        tuple("3", "attempt westus3", target(serving)));
        assertThat(attempts)
                .extracting(
                        row -> row.fields().get("resultCode"),
                        row -> row.fields().get("success"))
                .containsExactly(tuple("429", false), tuple("503", false), tuple("200", true));
        assertThat(attempts).allSatisfy(row -> {
            assertThat(row.parent()).isEqualTo(request.id());
            assertThat(duration(row)).isPositive();
            assertThat((String) row.fields().get("data")).endsWith("/openai/v1/chat/completions");
        });
        assertThat(request.name()).isEqualTo("route chat");
        assertThat(request.fields()).containsEntry("success", true);
        assertThat(request.parent()).isEqualTo(Call.WHOLE.span());
        assertThat(duration(request)).isGreaterThanOrEqualTo(duration(attempts.get(2)));
    }

    @Test
    void theRowsSayWhatTheRouterMadeOfEachAttempt() {
        String id = answer.headers().firstValue("x-router-request-id").orElseThrow();

        assertThat(attemptsOf(Call.WHOLE))
                .extracting(Envelope::properties)
                .containsExactly(
                        Map.of(
                                "router.request_id", id,
                                "router.region", "eastus",
                                "router.attempt", "1",
                                "router.outcome", "throttled",
                                "router.decision", "next_region",
                                "gen_ai.request.model", "chat"),
                        Map.of(
                                "router.request_id", id,
                                "router.region", "swedencentral",
                                "router.attempt", "2",
                                "router.outcome", "failed",
                                "router.decision", "next_region",
                                "gen_ai.request.model", "chat"),
                        Map.of(
                                "router.request_id", id,
                                "router.region", "westus3",
                                "router.attempt", "3",
                                "router.outcome", "served",
                                "router.decision", "return",
                                "gen_ai.request.model", "chat"));
        assertThat(requestOf(Call.WHOLE).properties())
                .containsEntry("router.request_id", id)
                .containsEntry("router.attempts", "3")
                .containsEntry("gen_ai.request.model", "chat")
                .containsKeys("gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens");
    }

    @Test
    void theRegionsSeeTheRowsAsTheirParents() {
        for (SimulatedRegion region : List.of(throttled, failing, serving)) {
            assertThat(region.log())
                    .allSatisfy(received -> assertThat(rowsOf(received)).hasSize(1));
        }
        long seen = Stream.of(throttled, failing, serving)
                .mapToLong(region -> region.log().size())
                .sum();
        long refused = 1;
        assertThat(sink.envelopes()).filteredOn(row -> row.is(ATTEMPT)).hasSize((int) (seen + refused));
    }

    @Test
    void theRowOfAStreamedRequestLastsAsLongAsTheStream() {
        assertThat(stream.body()).contains("[DONE]");

        List<Envelope> attempts = attemptsOf(Call.STREAM);
        assertThat(attempts).extracting(row -> row.fields().get("resultCode")).containsExactly("429", "503", "200");
        assertThat(requestOf(Call.STREAM).parent()).isEqualTo(Call.STREAM.span());
        assertThat(duration(requestOf(Call.STREAM))).isGreaterThan(TOKEN_DELAY.multipliedBy(10));
    }

    @Test
    void aRefusedConnectionIsARowWithoutStatus() {
        assertThat(unreachable.statusCode()).isEqualTo(200);

        List<Envelope> attempts = attemptsOf(Call.UNREACHABLE);
        assertThat(attempts)
                .extracting(
                        row -> row.properties().get("router.outcome"),
                        row -> row.fields().get("success"))
                .containsExactly(tuple("unreachable", false), tuple("served", true));
        assertThat(target(attempts.get(0))).isEqualTo("127.0.0.1:" + closedPort);
        assertThat(attempts.get(0).fields().get("resultCode")).isIn(null, "0");
        assertThat(requestOf(Call.UNREACHABLE).parent()).isEqualTo(Call.UNREACHABLE.span());
    }

    @Test
    void whoHangsUpLeavesWholeRows() {
        assertThat(attemptsOf(Call.HANG_UP)).singleElement().satisfies(row -> {
            assertThat(row.fields()).containsEntry("resultCode", "200");
            assertThat(row.parent()).isEqualTo(requestOf(Call.HANG_UP).id());
        });
        assertThat(requestOf(Call.HANG_UP).parent()).isEqualTo(Call.HANG_UP.span());
    }

    @Test
    void aCallerWithoutTraceGetsANewOne() {
        assertThat(untraced.statusCode()).isEqualTo(200);
        Set<String> known = Stream.of(Call.values()).map(Call::trace).collect(Collectors.toSet());

        List<Envelope> rows = sink.envelopes().stream()
                .filter(row -> row.kind().equals("RemoteDependencyData"))
                .filter(row -> !known.contains(row.operation()))
                .toList();

        assertThat(rows)
                .extracting(Envelope::operation)
                .containsOnly(rows.get(0).operation());
        assertThat(rows).extracting(row -> row.fields().get("type")).containsExactlyInAnyOrder(ATTEMPT, REQUEST);
    }

    @Test
    void requestsAndLogLinesAreLeftToTheFunctionsHost() {
        assertThat(sink.envelopes())
                .extracting(Envelope::kind)
                .doesNotContain("RequestData", "MessageData", "ExceptionData");
        assertThat(sink.text()).doesNotContain("http.server.request.duration");
    }

    @Test
    void noPromptNoAnswerAndNoKeyIsSent() {
        assertThat(answer.body()).contains(PROMPT, ECHO);

        assertThat(sink.text()).isNotEmpty().doesNotContain(PROMPT, ECHO, REGION_KEY, CALLER_KEY);
        assertThat(printed).doesNotContain(PROMPT, ECHO, REGION_KEY, CALLER_KEY);
    }

    /** The calls made, each with the trace that its caller began. */
    private enum Call {
        WHOLE,
        STREAM,
        UNREACHABLE,
        HANG_UP,
        UNTRACED;

        String trace() {
            return "4bf92f3577b34da6a3ce929d0e0e473" + ordinal();
        }

        String span() {
            return "00f067aa0ba902b" + ordinal();
        }

        /** Not sampled, as the Functions host says of every call. */
        String traceparent() {
            return "00-" + trace() + "-" + span() + "-00";
        }
    }

    private static Envelope requestOf(Call call) {
        List<Envelope> rows = rows(call, REQUEST);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    /** In the order in which they were made. */
    private static List<Envelope> attemptsOf(Call call) {
        return rows(call, ATTEMPT).stream()
                .sorted(Comparator.comparing(
                        row -> Integer.valueOf(row.properties().getOrDefault("router.attempt", "0"))))
                .toList();
    }

    private static List<Envelope> rows(Call call, String type) {
        return sink.envelopes().stream()
                .filter(row -> row.is(type) && call.trace().equals(row.operation()))
                .toList();
    }

    /** The rows of which a region was told that they are above the request it received. */
    private static List<Envelope> rowsOf(ReceivedRequest received) {
        String[] traceparent = String.valueOf(received.header("traceparent")).split("-");
        return sink.envelopes().stream()
                .filter(row -> row.is(ATTEMPT)
                        && traceparent.length == 4
                        && traceparent[1].equals(row.operation())
                        && traceparent[2].equals(row.id()))
                .toList();
    }

    private static String target(Envelope row) {
        return (String) row.fields().get("target");
    }

    private static String target(SimulatedRegion region) {
        return region.endpoint().getAuthority();
    }

    /** From {@code hh:mm:ss.ffffff}; no call takes a day. */
    private static Duration duration(Envelope row) {
        return Duration.between(
                LocalTime.MIN, LocalTime.parse((String) row.fields().get("duration")));
    }

    /** No name but this machine's is resolved in that process, so that nothing outside of it can be reached by name. */
    private static Map<String, String> environment() throws IOException {
        Path hosts = folder.resolve("hosts");
        Files.writeString(
                hosts, "127.0.0.1 localhost " + InetAddress.getLocalHost().getHostName() + "\n");
        return Map.of(
                "APPLICATIONINSIGHTS_CONNECTION_STRING",
                sink.connectionString(),
                "APPLICATIONINSIGHTS_STATSBEAT_DISABLED_ALL",
                "true",
                "JDK_JAVA_OPTIONS",
                "-Djdk.net.hosts.file=" + hosts,
                "ROUTER_SETTINGS",
                settings(),
                "REGION_KEY",
                REGION_KEY,
                "CALLER_KEY",
                CALLER_KEY);
    }

    private static String settings() {
        String third = region(3, "westus3", serving.endpoint());
        String three = region(1, "eastus", throttled.endpoint()) + "," + region(2, "swedencentral", failing.endpoint())
                + "," + third;
        String closed = region(1, "eastus", URI.create("http://127.0.0.1:" + closedPort)) + "," + third;
        return "{\"models\":{\"chat\":{\"regions\":[" + three + "]},\"chat-stream\":{\"regions\":[" + three
                + "]},\"chat-unreachable\":{\"regions\":[" + closed + "]},\"chat-hang-up\":{\"regions\":[" + third
                + "]},\"chat-untraced\":{\"regions\":[" + third
                + "]}},\"callers\":[{\"name\":\"team\",\"keys\":[{\"setting\":\"CALLER_KEY\"}]}]}";
    }

    private static String region(int priority, String name, URI endpoint) {
        return "{\"name\":\"" + name + "\",\"endpoint\":\"" + endpoint + "\",\"priority\":" + priority
                + ",\"apiKey\":{\"setting\":\"REGION_KEY\"}}";
    }

    private static HttpResponse<String> call(StreamingPackage router, String model, Call call, boolean stream)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(router.url() + "/openai/v1/chat/completions?note=" + PROMPT))
                .header("content-type", "application/json")
                .header("api-key", CALLER_KEY)
                .POST(BodyPublishers.ofString(body(model, stream)));
        if (call != Call.UNTRACED) {
            request.header("traceparent", call.traceparent());
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    /** Reads the beginning of a stream and resets the connection. */
    private static void hangUp(StreamingPackage router, String model, Call call) throws IOException {
        URI url = URI.create(router.url());
        byte[] body = body(model, true).getBytes(StandardCharsets.UTF_8);
        String head = "POST /openai/v1/chat/completions HTTP/1.1\r\nhost: " + url.getAuthority()
                + "\r\ncontent-type: application/json\r\napi-key: " + CALLER_KEY + "\r\ntraceparent: "
                + call.traceparent() + "\r\ncontent-length: " + body.length + "\r\n\r\n";
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.UTF_8));
            out.write(body);
            out.flush();
            assertThat(socket.getInputStream().readNBytes(HEAD_AND_MORE)).hasSize(HEAD_AND_MORE);
            socket.setSoLinger(true, 0);
        }
    }

    private static String body(String model, boolean stream) {
        return "{\"model\":\"" + model + "\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                + PROMPT + "\"}]}";
    }
}
