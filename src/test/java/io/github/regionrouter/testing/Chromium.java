package io.github.regionrouter.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The machine's own Chromium without a window, led over DevTools. It reaches nothing but 127.0.0.1. */
public final class Chromium implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final String LISTENS = "DevTools listening on ";

    private final Process process;
    private final Path profile;
    private final DevTools tools;

    private Chromium(Process process, Path profile, DevTools tools) {
        this.process = process;
        this.profile = profile;
        this.tools = tools;
    }

    /** Starts it with a profile of its own; skips the test where there is none. */
    public static Chromium assumed() throws Exception {
        Optional<Path> program = NAMES.stream().flatMap(Chromium::onPath).findFirst();
        assumeTrue(
                program.isPresent(),
                "chromium: not on the path (expected: one of " + NAMES
                        + "; without it the status page is not tested in a browser)");
        Path profile = Files.createTempDirectory("chromium");
        Process process = new ProcessBuilder(
                        program.get().toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--hide-scrollbars",
                        "--no-first-run",
                        "--no-default-browser-check",
                        "--no-pings",
                        "--no-proxy-server",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-default-apps",
                        "--disable-domain-reliability",
                        "--disable-extensions",
                        "--disable-sync",
                        "--metrics-recording-only",
                        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                        "--user-data-dir=" + profile,
                        "--remote-debugging-address=127.0.0.1",
                        "--remote-debugging-port=0",
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        try {
            return new Chromium(process, profile, DevTools.connect(address(process)));
        } catch (Exception | Error failure) {
            end(process, profile);
            throw failure;
        }
    }

    /** A new tab. */
    public Tab tab() {
        Object target = tools.call(null, "Target.createTarget", Map.of("url", "about:blank"))
                .get("targetId");
        Object session = tools.call(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId");
        return new Tab(tools, String.valueOf(target), String.valueOf(session));
    }

    @Override
    public void close() throws IOException {
        tools.close();
        end(process, profile);
    }

    /** Reads on behind the address, so that the browser never waits for somebody to hear it. */
    private static URI address(Process process) throws Exception {
        CompletableFuture<URI> address = new CompletableFuture<>();
        Thread reader = new Thread(() -> listen(process, address), "chromium-output");
        reader.setDaemon(true);
        reader.start();
        return address.get(30, TimeUnit.SECONDS);
    }

    private static void listen(Process process, CompletableFuture<URI> address) {
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                if (line.startsWith(LISTENS)) {
                    address.complete(URI.create(line.substring(LISTENS.length()).trim()));
                }
            }
        } catch (IOException closed) {
            said.append(closed.getMessage());
        }
        address.completeExceptionally(new IllegalStateException("chromium said: " + said));
    }

    private static void end(Process process, Path profile) throws IOException {
        List<ProcessHandle> family = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(member -> member.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).forEach(Chromium::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Stream<Path> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable);
    }
}
