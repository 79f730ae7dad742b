package io.github.regionrouter.lab.simulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request as it came in, and what became of it. The head never changes; body, status and ending come as they happen.
 */
public final class ReceivedRequest {

    private final String method;
    private final String uri;
    private final Map<String, List<String>> headers;
    private final long arrivedNanos;
    private final CompletableFuture<Ending> made = new CompletableFuture<>();
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private volatile byte[] body = new byte[0];
    private volatile int status;

    ReceivedRequest(String method, String uri, Map<String, List<String>> headers, long arrivedNanos) {
        this.method = method;
        this.uri = uri;
        this.headers = headers;
        this.arrivedNanos = arrivedNanos;
    }

    /** The method, in upper case as received. */
    public String method() {
        return method;
    }

    /** Path and query as received, neither decoded nor normalised. */
    public String uri() {
        return uri;
    }

    /** The path of {@link #uri()}, without the query. */
    public String path() {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** All headers by name in lower case, values in the order received. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** The first value of a header, or null. */
    public @Nullable String header(String lowerCaseName) {
        List<String> values = headers.get(lowerCaseName);
        return values == null ? null : values.get(0);
    }

    /** The whole body; empty until it was read to its end. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8. */
    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** When the head was there, by {@link System#nanoTime()}. */
    public long arrivedNanos() {
        return arrivedNanos;
    }

    /** The status answered; 0 while there is none. */
    public int status() {
        return status;
    }

    /** Completes, on a thread of the region, when the exchange ends. */
    public CompletableFuture<Ending> ending() {
        return ending.copy();
    }

    /** Whether the caller closed before the answer ended. */
    public boolean cancelled() {
        return endedBy(Ending.CANCELLED);
    }

    /** Whether the whole answer was written. */
    public boolean completed() {
        return endedBy(Ending.COMPLETED);
    }

    @Override
    public String toString() {
        Optional<Ending> how = Optional.ofNullable(ending.getNow(null));
        return method + " " + uri + " -> " + status + how.map(end -> " " + end).orElse("");
    }

    /** The body itself, for readers which do not change it. */
    byte[] content() {
        return body;
    }

    void body(byte[] value) {
        body = value;
    }

    void status(int value) {
        status = value;
    }

    /** Runs an action once the answer is made, or will never be: before a caller can have read its end. */
    void whenMade(Consumer<Ending> action) {
        CompletableFuture<Void> unused = made.thenAccept(action);
    }

    /** All but the last bytes of the answer went out. The first call decides. */
    void made(Ending how) {
        made.complete(how);
    }

    /** The first call decides. */
    void end(Ending how) {
        made(how);
        ending.complete(how);
    }

    private boolean endedBy(Ending how) {
        return ending.getNow(null) == how;
    }
}
