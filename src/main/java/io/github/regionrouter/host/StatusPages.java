package io.github.regionrouter.host;

import io.github.regionrouter.Router;
import io.github.regionrouter.RouterRequest;
import io.github.regionrouter.RouterResponse;
import io.github.regionrouter.openai.OpenAiError;
import io.github.regionrouter.settings.RouterSettings.Caller;
import io.github.regionrouter.settings.SettingsRefresher;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The router's own pages (design §6): {@code /router/health} for probes, without a key; {@code /router/status} as JSON and
 * {@code /router/} for people, for callers alone. A browser asks its user for the key, as the password of Basic authentication.
 */
final class StatusPages {

    private static final Set<String> PATHS = Set.of("/router", "/router/", "/router/health", "/router/status");

    private static final byte[] PAGE = page();

    private static final Map<String, List<String>> PAGE_HEADERS = Map.of(
            "content-type", List.of("text/html; charset=utf-8"),
            "content-security-policy",
                    List.of(
                            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self';"
                                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
            "referrer-policy", List.of("no-referrer"));

    private final Router router;
    private final String host;
    private final Supplier<SettingsRefresher.State> settings;
    private final InstantSource clock;
    private final Instant startedAt;

    /**
     * @param host which of the two hosts this is
     * @param settings what is in force, and what came of the last look for something newer
     */
    StatusPages(Router router, String host, Supplier<SettingsRefresher.State> settings, InstantSource clock) {
        this.router = router;
        this.host = host;
        this.settings = settings;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    static boolean isPage(String path) {
        return PATHS.contains(path);
    }

    RouterResponse answer(RouterRequest request, CallerKeys keys) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return FrontDoor.refusal(OpenAiError.methodNotAllowed(request.method(), "GET, HEAD"));
        }
        RouterResponse whole = page(request, keys);
        return request.method().equals("HEAD") ? whole.withoutBody() : whole;
    }

    private RouterResponse page(RouterRequest request, CallerKeys keys) {
        if (request.path().equals("/router/health")) {
            return health();
        }
        Optional<Caller> caller = keys.visitor(request);
        if (caller.isEmpty()) {
            return FrontDoor.refusal(OpenAiError.invalidKey())
                    .with(
                            "www-authenticate",
                            "Basic realm=\"Region Router: any name, and a caller's key as the password\"");
        }
        return switch (request.path()) {
            case "/router/status" -> json(200, status(caller.get()));
            case "/router/" -> RouterResponse.of(200, PAGE_HEADERS, PAGE, Router.newRequestId());
            default ->
                RouterResponse.of(308, Map.of("location", List.of("/router/")), new byte[0], Router.newRequestId());
        };
    }

    private RouterResponse health() {
        boolean healthy = router.isHealthy();
        return json(
                healthy ? 200 : 503,
                ("{\"status\":\"" + (healthy ? "ok" : "unusable") + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    private byte[] status(Caller caller) {
        return new StatusJson(host, startedAt, clock.instant(), settings.get()).of(router.status(caller));
    }

    private static RouterResponse json(int status, byte[] body) {
        return RouterResponse.of(
                status, Map.of("content-type", List.of("application/json")), body, Router.newRequestId());
    }

    private static byte[] page() {
        try (InputStream html = StatusPages.class.getResourceAsStream("status.html")) {
            if (html == null) {
                throw new IllegalStateException("status.html: missing (expected: in the jar)");
            }
            return html.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
