package io.github.regionrouter.testing;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Chromium's DevTools protocol over its WebSocket: calls with their answers, and the events that came. */
final class DevTools implements AutoCloseable {

    /** Something that happened in a tab. */
    record Event(String session, String method, Map<String, Object> parameters) {}

    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<Map<String, Object>>> waiting = new ConcurrentHashMap<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final WebSocket socket;

    private DevTools(URI address) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Ear())
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    static DevTools connect(URI address) {
        return new DevTools(address);
    }

    /** @param session null speaks to the browser itself */
    Map<String, Object> call(String session, String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        Map<String, Object> message = new LinkedHashMap<>(Map.of("id", id, "method", method, "params", parameters));
        if (session != null) {
            message.put("sessionId", session);
        }
        CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        socket.sendText(json(message), true).join();
        Map<String, Object> said = answer.orTimeout(30, TimeUnit.SECONDS).join();
        if (said.containsKey("error")) {
            throw new IllegalStateException(method + ": " + said.get("error"));
        }
        return object(said.get("result"));
    }

    /** What happened in a tab so far, in order. */
    List<Map<String, Object>> events(String session, String method) {
        return events.stream()
                .filter(event ->
                        event.session().equals(session) && event.method().equals(method))
                .map(Event::parameters)
                .toList();
    }

    void forget(String session) {
        events.removeIf(event -> event.session().equals(session));
    }

    @Override
    public void close() {
        socket.abort();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }

    private void hear(String text) {
        Map<String, Object> message = read(text);
        if (message.containsKey("id")) {
            int id = ((Number) message.get("id")).intValue();
            Optional.ofNullable(waiting.remove(id)).ifPresent(answer -> answer.complete(message));
        } else {
            events.add(new Event(
                    String.valueOf(message.get("sessionId")),
                    String.valueOf(message.get("method")),
                    object(message.get("params"))));
        }
    }

    private static String json(Map<String, Object> message) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = JsonProviders.createWriter(text)) {
            writer.writeUntyped(message);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static Map<String, Object> read(String text) {
        try (JsonReader reader = JsonProviders.createReader(text)) {
            return object(reader.readUntyped());
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    /** Puts the pieces of a message together. */
    private final class Ear implements WebSocket.Listener {

        private final StringBuilder pieces = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
            pieces.append(piece);
            if (last) {
                String whole = pieces.toString();
                pieces.setLength(0);
                hear(whole);
            }
            from.request(1);
            return null;
        }
    }
}
