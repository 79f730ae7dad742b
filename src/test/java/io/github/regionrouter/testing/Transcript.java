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

    private static volatile BufferedWriter out;

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        String file = System.getProperty(FILE);
        if (file == null) {
            return;
        }
        try {
            out = Files.newBufferedWriter(Path.of(file), StandardCharsets.UTF_8);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        System.setOut(new PrintStream(new Tee(System.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new Tee(System.err), true, StandardCharsets.UTF_8));
        Logger house = Logger.getLogger("io.github.regionrouter");
        house.setLevel(Level.ALL);
        house.addHandler(new Handler() {
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
        BufferedWriter written = out;
        if (written == null) {
            return;
        }
        try {
            written.close();
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Notes an answer that a caller got. */
    static void answer(int status, Map<String, List<String>> headers, byte[] body) {
        add("answer", status + " " + headers + " " + new String(body, StandardCharsets.UTF_8));
    }

    private static void add(String kind, String text) {
        BufferedWriter writer = out;
        if (writer == null) {
            return; // a test that is run by itself, from an editor
        }
        synchronized (Transcript.class) {
            try {
                writer.write(kind + ": " + text.substring(0, Math.min(text.length(), 20_000)) + "\n");
            } catch (IOException closed) {
                out = null;
            }
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
