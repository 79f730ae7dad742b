package io.github.regionrouter.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A region that writes the bytes it is told to, for answers that {@code SimulatedRegion} has no fault for. */
public final class WireRegion implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");

    private final ServerSocket server;
    private final Script script;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "wire-region");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<Request> log = new CopyOnWriteArrayList<>();
    private final Semaphore arrivals = new Semaphore(0);
    private int seen;

    public WireRegion(Script script) throws IOException {
        this.script = script;
        this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** A script that always writes this head, line by line, and this body; adds the length unless the head frames itself. */
    public static Script answering(byte[] body, String... head) {
        String lines = String.join("\r\n", head) + "\r\n";
        boolean framed = lines.toLowerCase(Locale.ROOT).contains("transfer-encoding:");
        byte[] start = (lines + (framed ? "" : "Content-Length: " + body.length + "\r\n") + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        return (request, out) -> {
            out.write(start);
            out.write(body);
        };
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** The requests so far, bodies included. */
    public List<Request> log() {
        return log;
    }

    /** Waits until so many requests are there. */
    public void awaitLog(int count) throws InterruptedException {
        if (!arrivals.tryAcquire(count - seen, 10, TimeUnit.SECONDS)) {
            throw new AssertionError("requests: " + log.size() + " (expected: " + count + ")");
        }
        seen = count;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket connection = server.accept();
                connections.add(connection);
                threads.execute(() -> serve(connection));
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            OutputStream out = connection.getOutputStream();
            for (Request request = read(in); request != null; request = read(in)) {
                log.add(request);
                arrivals.release();
                script.answer(request, out);
                out.flush();
            }
        } catch (IOException | InterruptedException gone) {
            // the router closed, or the test is over
        } finally {
            connections.remove(connection);
        }
    }

    private static @Nullable Request read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        Matcher length = LENGTH.matcher(text);
        return new Request(text, in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0));
    }

    /** Writes the answer to one request; an exception closes the connection. */
    @FunctionalInterface
    public interface Script {
        void answer(Request request, OutputStream out) throws IOException, InterruptedException;
    }

    /** One request: its head as it came, line ends included, and its body. */
    public record Request(String head, byte[] body) {}
}
