package io.github.regionrouter.lab.simulator;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Calls of the tests, by the JDK's own client. */
final class Caller {

    static final String CHAT = "/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21";
    static final String CHAT_BODY = "{\"messages\":[{\"role\":\"user\",\"content\":\"one two three\"}]}";
    static final String CHAT_STREAM =
            "{\"messages\":[{\"role\":\"user\",\"content\":\"one two\"}],\"max_tokens\":4,\"stream\":true}";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final SimulatedRegion region;

    Caller(SimulatedRegion region) {
        this.region = region;
    }

    HttpRequest.Builder to(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(region.endpoint() + pathAndQuery))
                .timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> post(String pathAndQuery, String json) throws Exception {
        return send(to(pathAndQuery).POST(BodyPublishers.ofString(json)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> chat() throws Exception {
        return post(CHAT, CHAT_BODY);
    }

    /** The body as it comes. */
    HttpResponse<InputStream> open(String pathAndQuery, String json) throws Exception {
        return CLIENT.send(to(pathAndQuery).POST(BodyPublishers.ofString(json)).build(), BodyHandlers.ofInputStream());
    }

    CompletableFuture<HttpResponse<String>> begin(String pathAndQuery, String json) {
        return CLIENT.sendAsync(
                to(pathAndQuery).POST(BodyPublishers.ofString(json)).build(), BodyHandlers.ofString());
    }

    /** The {@code data:} lines of an event stream. */
    static List<String> data(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    static JsonObject json(String text) throws Exception {
        return JsonObject.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
