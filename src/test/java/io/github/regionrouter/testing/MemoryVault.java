package io.github.regionrouter.testing;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * A Key Vault behind the real client, without a network: it challenges who comes without a token, and holds secrets in versions.
 * Each test names a vault of its own, since the client remembers challenges in a static map.
 */
public final class MemoryVault implements HttpClient {

    private final String host;
    private final Map<String, List<String>> secrets = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Supplier<Mono<Answer>> fault = Mono::empty;

    public MemoryVault(String host) {
        this.host = host;
    }

    /** A new version of a secret. */
    public MemoryVault put(String name, String value) {
        secrets.computeIfAbsent(name, unseen -> new CopyOnWriteArrayList<>()).add(value);
        return this;
    }

    /** From now on every request with a token is answered so; {@code Mono.empty()} ends it. */
    public void failing(Supplier<Mono<Answer>> answer) {
        fault = answer;
    }

    /** An error in Key Vault's shape. */
    public static Mono<Answer> error(int status, String code) {
        return Mono.just(new Answer(
                status,
                "{\"error\":{\"code\":\"Forbidden\",\"message\":\"No.\",\"innererror\":{\"code\":\"" + code + "\"}}}"));
    }

    /** What was asked for, oldest first: {@code challenge router} or {@code get router}. */
    public List<String> requests() {
        return requests;
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        String[] path = request.getUrl().getPath().split("/");
        String name = path[2];
        if (request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION) == null) {
            requests.add("challenge " + name);
            return Mono.just(
                    new Answer(401, "")
                            .to(
                                    request,
                                    "WWW-Authenticate",
                                    "Bearer"
                                            + " authorization=\"https://login.microsoftonline.com/tenant\", resource=\"https://vault.azure.net\""));
        }
        requests.add("get " + name);
        return fault.get()
                .switchIfEmpty(Mono.fromSupplier(() -> secret(name)))
                .map(answer -> answer.to(request, "Content-Type", "application/json"));
    }

    private Answer secret(String name) {
        List<String> versions = secrets.get(name);
        if (versions == null) {
            return new Answer(404, "{\"error\":{\"code\":\"SecretNotFound\",\"message\":\"A secret was not found.\"}}");
        }
        String value = versions.get(versions.size() - 1);
        return new Answer(
                200,
                "{\"value\":\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\",\"id\":\"https://" + host
                        + "/secrets/" + name + "/v" + versions.size() + "\",\"attributes\":{\"enabled\":true}}");
    }

    /** A status and a body. */
    public record Answer(int status, String body) {
        HttpResponse to(HttpRequest request, String header, String value) {
            return new MemoryResponse(
                    request, status, new HttpHeaders().set(HttpHeaderName.fromString(header), value), body);
        }
    }
}
