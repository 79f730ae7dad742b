package io.github.regionrouter.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The streaming host's package, started as the Functions host does: by the command in its host.json. */
final class StreamingPackage implements AutoCloseable {

    static final Path FOLDER =
            Path.of(System.getProperty("streaming.staging", "target/azure-functions/region-router-streaming"));

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LISTENS = "Region Router listens on ";

    private final Process process;
    private final String url;

    private StreamingPackage(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param environment app settings
     * @param output gets what the process prints
     */
    static StreamingPackage start(Map<String, String> environment, Path output)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command())
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("FUNCTIONS_CUSTOMHANDLER_PORT", "0");
        builder.environment().putAll(environment);
        Process process = builder.start();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            Optional<String> line = Files.readString(output)
                    .lines()
                    .filter(printed -> printed.startsWith(LISTENS))
                    .findFirst();
            if (line.isPresent()) {
                return new StreamingPackage(process, line.get().substring(LISTENS.length()));
            }
            Thread.sleep(50);
        }
        process.destroyForcibly();
        throw new IOException("It did not start: " + Files.readString(output));
    }

    String url() {
        return url;
    }

    /** Stops it as the platform does; the agent sends what it still holds. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        try {
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("It stops").isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** What host.json says, with the java that runs the tests. */
    private static List<String> command() throws IOException {
        Map<?, ?> description = (Map<?, ?>) ((Map<?, ?>) hostJson().get("customHandler")).get("description");
        List<String> command = new ArrayList<>();
        if (!"java".equals(description.get("defaultExecutablePath"))) {
            throw new IOException("Not java: " + description);
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ((List<?>) description.get("arguments")).forEach(argument -> command.add((String) argument));
        return command;
    }

    static Map<String, Object> hostJson() throws IOException {
        try (JsonReader json = JsonProviders.createReader(Files.readString(FOLDER.resolve("host.json")))) {
            return json.readMap(JsonReader::readUntyped);
        }
    }
}
