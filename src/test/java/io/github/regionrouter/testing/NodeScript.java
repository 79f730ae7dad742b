package io.github.regionrouter.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A run of {@code src/test/node/run.mjs} by the machine's own Node. */
public final class NodeScript implements AutoCloseable {

    private static final Path FOLDER = Path.of("src/test/node");

    private final Process process;
    private final BufferedReader lines;

    private NodeScript(Process process) {
        this.process = process;
        lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** Skips the test where there is no Node; installs what the script needs where that is missing. */
    public static void assumeNode() throws Exception {
        assumeTrue(
                onPath("node"),
                "node: not on the path (expected: Node 18 or later; without it npm's client is not tested)");
        if (!Files.isDirectory(FOLDER.resolve("node_modules/openai"))) {
            assumeTrue(onPath("npm"), "npm: not on the path (expected: npm, or src/test/node/node_modules)");
            Process install = start("npm", "ci");
            String said = new String(install.getInputStream().readAllBytes(), UTF_8);
            assertThat(install.waitFor()).as("npm ci: %s", said).isZero();
        }
    }

    /** Starts an operation. */
    public static NodeScript run(String setUp, String operation, String router, String key) throws IOException {
        return new NodeScript(start("node", "--no-warnings", "run.mjs", setUp, operation, router, key));
    }

    /** Waits for the script to pause, does something, and lets it go on. */
    public NodeScript inItsPause(Runnable action) throws IOException {
        assertThat(nextLine()).isEqualTo(Map.of("paused", true));
        action.run();
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return this;
    }

    /** What the operation returned. */
    public Map<String, Object> result() throws Exception {
        Map<String, Object> result = nextLine();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("the script ends").isTrue();
        assertThat(process.exitValue()).isZero();
        return result;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private Map<String, Object> nextLine() throws IOException {
        String line = lines.readLine();
        if (line == null || !line.startsWith("{")) {
            throw new AssertionError("node said: " + line + "\n"
                    + String.join("\n", lines.lines().toList()));
        }
        try (JsonReader reader = JsonProviders.createReader(line)) {
            Map<String, Object> members = new HashMap<>();
            ((Map<?, ?>) reader.readUntyped()).forEach((name, value) -> members.put(String.valueOf(name), value));
            return members;
        }
    }

    private static Process start(String... command) throws IOException {
        return new ProcessBuilder(List.of(command))
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder ->
                        Arrays.stream(new String[] {program, program + ".exe"}).map(name -> Path.of(folder, name)))
                .anyMatch(Files::isExecutable);
    }
}
