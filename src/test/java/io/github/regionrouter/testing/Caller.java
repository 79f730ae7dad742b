package io.github.regionrouter.testing;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Somebody who calls the router, by the JDK's own client; immutable. */
public final class Caller {

    /** The dated path of a chat with gpt-4o. */
    public static final String CHAT = "/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21";

    /** The same in the v1 style, which names the model in the body. */
    public static final String V1_CHAT = "/openai/v1/chat/completions";

    public static final String CHAT_BODY = "{\"messages\":[{\"role\":\"user\",\"content\":\"one two three\"}]}";

    public static final String V1_CHAT_BODY =
            "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"one two three\"}]}";

    public static final String STREAM_BODY =
            "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"one two\"}]}";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI router;
    private final List<String> headers;

    public Caller(URI router) {
        this(router, List.of("content-type", "application/json"));
    }

    private Caller(URI router, List<String> headers) {
        this.router = router;
        this.headers = headers;
    }

    /** The same caller who sends one more header line. */
    public Caller with(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(name);
        more.add(value);
        return new Caller(router, more);
    }

    /** The same caller with another content type. */
    public Caller sending(String contentType) {
        List<String> others = new ArrayList<>(headers);
        others.set(1, contentType);
        return new Caller(router, others);
    }

    /** Where the router listens. */
    public URI router() {
        return router;
    }

    public Reply chat() throws Exception {
        return post(CHAT, CHAT_BODY);
    }

    public CompletableFuture<Reply> beginChat() {
        return begin(CHAT, CHAT_BODY);
    }

    public Reply v1Chat() throws Exception {
        return post(V1_CHAT, V1_CHAT_BODY);
    }

    public Reply post(String target, String body) throws Exception {
        return send("POST", target, BodyPublishers.ofString(body));
    }

    public Reply post(String target, byte[] body) throws Exception {
        return send("POST", target, BodyPublishers.ofByteArray(body));
    }

    public Reply send(String method, String target, BodyPublisher body) throws Exception {
        return Reply.of(CLIENT.send(request(method, target, body), BodyHandlers.ofByteArray()));
    }

    public CompletableFuture<Reply> begin(String target, String body) {
        return CLIENT.sendAsync(request("POST", target, BodyPublishers.ofString(body)), BodyHandlers.ofByteArray())
                .thenApply(Reply::of);
    }

    /** The answer's head; the body as it comes. */
    public HttpResponse<InputStream> open(String target, String body) throws Exception {
        return CLIENT.send(request("POST", target, BodyPublishers.ofString(body)), BodyHandlers.ofInputStream());
    }

    private HttpRequest request(String method, String target, BodyPublisher body) {
        return HttpRequest.newBuilder(URI.create(router + target))
                .timeout(Duration.ofSeconds(30))
                .headers(headers.toArray(String[]::new))
                .method(method, body)
                .build();
    }
}
