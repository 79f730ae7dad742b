package io.github.regionrouter.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What {@code mvn package -Pstreaming} stages: the custom handler's host.json, the router as the worker host has it, the agent. */
final class StreamingFolderIT {

    private static final Path WORKER = Path.of(System.getProperty("staging", "target/azure-functions/region-router"));

    @Test
    void theHostHandsEveryPathToTheProcessAsItCame() throws IOException {
        Map<?, ?> host = json("host.json");

        Map<?, ?> handler = (Map<?, ?>) host.get("customHandler");
        assertThat(handler.get("enableProxyingHttpRequest")).isEqualTo(true); // forwarding would hold streams back
        assertThat(handler.get("http"))
                .as("Routes are only allowed where the runtime is custom")
                .isNull();
        assertThat(host.get("extensions")).isEqualTo(Map.of("http", Map.of("routePrefix", "")));

        Map<?, ?> trigger = (Map<?, ?>) ((List<?>) json("route/function.json").get("bindings")).get(0);
        assertThat(trigger.get("type")).isEqualTo("httpTrigger");
        assertThat(trigger.get("route")).isEqualTo("{*path}");
        assertThat(trigger.get("authLevel")).isEqualTo("anonymous");
        assertThat((List<?>) trigger.get("methods"))
                .asList()
                .containsExactlyInAnyOrder("get", "post", "put", "patch", "delete", "head", "options");
    }

    @Test
    void onlyTheCatchAllIsAFunction() throws IOException {
        assertThat(names(StreamingPackage.FOLDER))
                .containsExactlyInAnyOrder("agent", "host.json", "lib", "region-router.jar", "route");
    }

    @Test
    void theRouterIsTheWorkersAndHasNothingOfTheLaboratory() throws IOException {
        assertThat(StreamingPackage.FOLDER.resolve("region-router.jar"))
                .hasSameBinaryContentAs(WORKER.resolve("region-router.jar"));
        assertThat(names(StreamingPackage.FOLDER.resolve("lib"))).isEqualTo(names(WORKER.resolve("lib")));
        try (JarFile jar =
                new JarFile(StreamingPackage.FOLDER.resolve("region-router.jar").toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName)).noneMatch(name -> name.contains("/lab/"));
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
        }
    }

    private static Map<String, Object> json(String file) throws IOException {
        try (JsonReader json = JsonProviders.createReader(Files.readString(StreamingPackage.FOLDER.resolve(file)))) {
            return json.readMap(JsonReader::readUntyped);
        }
    }
}
