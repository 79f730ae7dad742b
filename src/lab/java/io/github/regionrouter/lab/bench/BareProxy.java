package io.github.regionrouter.lab.bench;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * The yardstick: a Reactor Netty server before a Reactor Netty client, bodies streamed both ways, regions taken in turn, nothing
 * else. What a gateway on this stack costs at least.
 */
public final class BareProxy {

    private final List<String> regions;
    private final AtomicInteger turn = new AtomicInteger();
    private final HttpClient client = HttpClient.create(ConnectionProvider.builder("regions")
                    .maxConnections(1_000)
                    .pendingAcquireMaxCount(1_000)
                    .build())
            .disableRetry(true);

    private BareProxy(List<String> regions) {
        this.regions = regions;
    }

    /**
     * @param ports where to listen, then where the regions listen
     */
    public static void main(String... ports) {
        BareProxy proxy = new BareProxy(
                Stream.of(ports).skip(1).map(port -> "http://127.0.0.1:" + port).toList());
        HttpServer.create()
                .host("127.0.0.1")
                .port(Integer.parseInt(ports[0]))
                .handle(proxy::pass)
                .bindNow()
                .onDispose()
                .block();
    }

    private Mono<Void> pass(HttpServerRequest request, HttpServerResponse response) {
        String region = regions.get(Math.floorMod(turn.getAndIncrement(), regions.size()));
        return client.headers(sent -> sent.set(request.requestHeaders()).remove("host"))
                .request(request.method())
                .uri(region + request.uri())
                .send(request.receive().retain())
                .response((answer, body) -> {
                    response.status(answer.status()).headers(answer.responseHeaders());
                    return response.send(body.retain());
                })
                .then();
    }
}
