package io.github.regionrouter.testing;

import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes down everything that the process wrote during the whole suite: standard output and error, logs of every level, and the
 * answers that callers got. {@code SecretsInTheOpenIT} reads it afterwards.
 */
public final class Transcript implements TestExecutionListener {

    /** Names the file; without it nothing is written down. */
    private static final String FILE = "transcript";

    /** Written by a thread of its own: what is told on an event loop must not wait for a disk. */
    private static final Queue<String> LINES = new ConcurrentLinkedQueue<>();

    private static final String END = "end";

    /** Held here, since a logger that nobody holds is collected, and its handler with it. */
    private static final Logger HOUSE = Logger.getLogger("io.github.regionrouter");

    private static volatile boolean open;
    private Thread writer;

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        String file = System.getProperty(FILE);
        if (file == null) {
            return;
        }
        open = true;
        writer = new Thread(() -> write(Path.of(file)), "transcript");
        writer.setDaemon(true);
        writer.start();
        System.setOut(new PrintStream(new Tee(System.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new Tee(System.err), true, StandardCharsets.UTF_8));
        HOUSE.setLevel(Level.ALL);
        HOUSE.addHandler(new Handler() {
            private final SimpleFormatter formatter = new SimpleFormatter();

            @Override
            public void publish(LogRecord line) {
                add("log", formatter.format(line));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (open) {
            open = false;
            LINES.add(END);
            try {
                writer.join(30_000);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void write(Path file) {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            for (String line = LINES.poll(); !END.equals(line); line = LINES.poll()) {
                if (line == null) {
                    LockSupport.parkNanos(10_000_000);
                } else {
                    out.write(line);
                    out.newLine();
                }
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Notes an answer that a caller got. */
    static void answer(int status, Map<String, List<String>> headers, byte[] body) {
        add("answer", status + " " + headers + " " + new String(body, StandardCharsets.UTF_8));
    }

    private static void add(String kind, String text) {
        if (open) { // else a test is run by itself, from an editor
            LINES.add(kind + ": " + text.substring(0, Math.min(text.length(), 20_000)));
        }
    }

    private static final class Tee extends FilterOutputStream {

        Tee(OutputStream shown) {
            super(shown);
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            out.write(bytes, start, length);
            add("printed", new String(bytes, start, length, StandardCharsets.UTF_8));
        }
    }
}
