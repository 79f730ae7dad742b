package io.github.regionrouter.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.json.JsonProviders;
import com.azure.json.JsonWriter;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves the real page under the policy that the router serves it with, and canned answers to what it asks. */
final class StatusPageServer implements AutoCloseable {

    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private record Answer(int status, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Answer answer = new Answer(503, "{}");
    private boolean silenceAfterwards;
    private boolean silent;
    private int asked;

    private StatusPageServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/router/", this::page);
        server.createContext("/router/status", this::status);
        server.start();
    }

    static StatusPageServer start() throws IOException {
        return new StatusPageServer();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/router/";
    }

    synchronized StatusPageServer answers(int status, String body) {
        answer = new Answer(status, body);
        silenceAfterwards = false;
        silent = false;
        return this;
    }

    StatusPageServer answers(Map<String, Object> status) {
        return answers(200, json(status));
    }

    /** Answers once more, then leaves every question open. */
    synchronized void thenSilence() {
        silenceAfterwards = true;
    }

    /** How often the page has asked for its data. */
    synchronized int asked() {
        return asked;
    }

    synchronized void awaitAsked(int times) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (asked < times) {
                long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
                if (left <= 0) {
                    throw new AssertionError("asked " + asked + " times (expected: " + times + ")");
                }
                wait(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void page(HttpExchange call) throws IOException {
        try (InputStream page = StatusPageServer.class.getResourceAsStream("status.html")) {
            call.getResponseHeaders().set("content-security-policy", POLICY);
            send(
                    call,
                    200,
                    "text/html; charset=utf-8",
                    Objects.requireNonNull(page).readAllBytes());
        }
    }

    private void status(HttpExchange call) throws IOException {
        Answer now;
        synchronized (this) {
            asked++;
            notifyAll();
            if (silent) {
                return;
            }
            silent = silenceAfterwards;
            now = answer;
        }
        send(call, now.status(), "application/json", now.body().getBytes(UTF_8));
    }

    private static void send(HttpExchange call, int status, String type, byte[] body) throws IOException {
        call.getResponseHeaders().set("content-type", type);
        call.sendResponseHeaders(status, body.length);
        call.getResponseBody().write(body);
        call.close();
    }

    private static String json(Map<String, Object> status) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = JsonProviders.createWriter(text)) {
            json.writeUntyped(status);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
