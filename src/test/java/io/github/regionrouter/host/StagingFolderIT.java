package io.github.regionrouter.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.lab.simulator.RegionConfig;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code mvn package} stages is what Azure gets: its function.json files, its jar, and nothing of the laboratory. */
final class StagingFolderIT {

    private static final Path STAGING = Path.of(System.getProperty("staging", "target/azure-functions/region-router"));
    private static final String CHAT = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    @Test
    void theCatchAllTakesEveryPathAndListsItsMethods() throws IOException {
        Map<String, Object> trigger = trigger("route");

        assertThat(trigger).containsEntry("route", "{*path}").containsEntry("authLevel", "ANONYMOUS");
        assertThat((List<?>) trigger.get("methods"))
                .asList()
                .contains("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
    }

    @Test
    void everyFunctionPointsAtTheJarAndListsMethods() throws IOException {
        Map<String, String> routes = new TreeMap<>();
        for (String function : functions()) {
            Map<String, Object> json = json(STAGING.resolve(function).resolve("function.json"));
            assertThat(json)
                    .containsEntry("scriptFile", "../region-router.jar")
                    .hasEntrySatisfying(
                            "entryPoint",
                            entry -> assertThat((String) entry).startsWith(WorkerHost.class.getName() + "."));
            assertThat((List<?>) trigger(function).get("methods")).as(function).isNotEmpty();
            routes.put(function, (String) trigger(function).get("route"));
        }
        assertThat(routes)
                .containsOnly(
                        Map.entry("route", "{*path}"),
                        Map.entry("deployment-transcriptions", "openai/deployments/{deployment}/audio/transcriptions"),
                        Map.entry("deployment-translations", "openai/deployments/{deployment}/audio/translations"),
                        Map.entry("deployment-image-edits", "openai/deployments/{deployment}/images/edits"),
                        Map.entry("v1-transcriptions", "openai/v1/audio/transcriptions"),
                        Map.entry("v1-translations", "openai/v1/audio/translations"),
                        Map.entry("v1-image-edits", "openai/v1/images/edits"),
                        Map.entry("files", "openai/files"),
                        Map.entry("v1-files", "openai/v1/files"),
                        Map.entry("upload-parts", "openai/uploads/{upload}/parts"),
                        Map.entry("v1-upload-parts", "openai/v1/uploads/{upload}/parts"));
    }

    @Test
    void theHostAddsNoPrefixToPaths() throws IOException {
        assertThat(json(STAGING.resolve("host.json")).toString()).contains("routePrefix=");
        assertThat(Files.readString(STAGING.resolve("host.json"))).contains("\"routePrefix\": \"\"");
    }

    @Test
    void nothingOfTheLaboratoryOrTheTestsIsDeployed() throws Exception {
        assertThat(jarEntries(STAGING.resolve("region-router.jar")))
                .isNotEmpty()
                .noneMatch(name -> name.contains("/lab/") || name.contains("Test"));
        try (Stream<Path> lib = Files.list(STAGING.resolve("lib"))) {
            assertThat(lib.map(jar -> jar.getFileName().toString()))
                    .noneMatch(name -> name.matches("(junit|mockito|assertj|archunit|openai|kotlin|blockhound).*"));
        }
    }

    @Test
    void theJarStartsTheStreamingHostAndStopsWhenAsked() throws Exception {
        try (SimulatedRegion busy = SimulatedRegion.start(RegionConfig.named("eastus"));
                SimulatedRegion free = SimulatedRegion.start(RegionConfig.named("westus3"))) {
            busy.faults().add(Fault.throttle(Duration.ofSeconds(30)));
            Process process = start(
                    Map.of("ROUTER_SETTINGS", settings(busy, free), "FUNCTIONS_CUSTOMHANDLER_PORT", "0", "KEY", "k"));
            try (BufferedReader output = process.inputReader()) {
                String line = output.readLine();
                assertThat(line).startsWith("Region Router listens on http://127.0.0.1:");
                String url = line.substring(line.indexOf("http"));

                HttpResponse<String> answer = post(url);

                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().firstValue("Backend-Service-URL"))
                        .contains(free.endpoint().toString());
            } finally {
                process.destroy(); // SIGTERM
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void aCallUnderWayIsFinishedAfterSigterm() throws Exception {
        try (SimulatedRegion slow =
                SimulatedRegion.start(RegionConfig.named("eastus").firstTokenDelay(Duration.ofMillis(1500)))) {
            Process process =
                    start(Map.of("ROUTER_SETTINGS", settings(slow), "FUNCTIONS_CUSTOMHANDLER_PORT", "0", "KEY", "k"));
            try (BufferedReader output = process.inputReader()) {
                String line = output.readLine();
                CompletableFuture<HttpResponse<String>> answer =
                        CompletableFuture.supplyAsync(() -> postQuietly(line.substring(line.indexOf("http"))));
                slow.awaitLog(1, Duration.ofSeconds(10));

                process.destroy();

                assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void wrongSettingsStopTheProcessAndEveryFaultIsPrinted() throws Exception {
        Process process = start(
                Map.of(
                        "ROUTER_SETTINGS",
                        "{\"models\":{\"gpt-4o\":{\"regions\":[{\"name\":\"a\",\"endpoint\":\"http://example.org\"},{\"nam\":\"b\"}]}}}"));
        String errors = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isNotZero();
        assertThat(errors)
                .contains("models.gpt-4o.regions[0].endpoint: not an https URL")
                .contains("models.gpt-4o.regions[1].nam: unknown property")
                .contains("models.gpt-4o.regions[1].name: missing")
                .doesNotContain("\tat ");
    }

    @Test
    void aTakenPortStopsTheProcessWithAMessage() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            Process process = start(Map.of(
                    "ROUTER_SETTINGS",
                    "{\"models\":{\"m\":{\"regions\":[{\"name\":\"a\",\"endpoint\":\"https://example.org\"}]}}}",
                    "FUNCTIONS_CUSTOMHANDLER_PORT",
                    String.valueOf(taken.getLocalPort())));
            String errors =
                    new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

            assertThat(process.waitFor()).isEqualTo(1);
            assertThat(errors).contains("port " + taken.getLocalPort()).doesNotContain("\tat ");
        }
    }

    private static String settings(SimulatedRegion... regions) {
        List<String> list = Stream.of(regions)
                .map(region -> "{\"name\":\"" + region.config().name() + "\",\"endpoint\":\"" + region.endpoint()
                        + "\",\"apiKey\":{\"setting\":\"KEY\"}}")
                .toList();
        return "{\"models\":{\"gpt-4o\":{\"regions\":[" + String.join(",", list) + "]}},\"anonymous\":true}";
    }

    /** As the Functions host does: in the staging folder, {@code java -jar region-router.jar}. */
    private static Process start(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", "region-router.jar")
                .directory(STAGING.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static HttpResponse<String> post(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url + "/openai/v1/chat/completions"))
                                .header("content-type", "application/json")
                                .POST(BodyPublishers.ofString(CHAT))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static HttpResponse<String> postQuietly(String url) {
        try {
            return post(url);
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Set<String> functions() throws IOException {
        try (Stream<Path> folders = Files.list(STAGING)) {
            return folders.filter(folder -> Files.exists(folder.resolve("function.json")))
                    .map(folder -> folder.getFileName().toString())
                    .collect(java.util.stream.Collectors.toSet());
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> trigger(String function) throws IOException {
        List<Map<String, Object>> bindings = (List<Map<String, Object>>)
                json(STAGING.resolve(function).resolve("function.json")).get("bindings");
        assertThat(bindings).extracting(binding -> binding.get("type")).containsExactly("httpTrigger", "http");
        return bindings.get(0);
    }

    private static Map<String, Object> json(Path file) throws IOException {
        try (JsonReader json = JsonProviders.createReader(Files.readString(file))) {
            return json.readMap(JsonReader::readUntyped);
        }
    }

    private static List<String> jarEntries(Path jar) throws IOException {
        try (java.util.jar.JarFile file = new java.util.jar.JarFile(jar.toFile())) {
            return file.stream().map(java.util.zip.ZipEntry::getName).toList();
        }
    }
}
