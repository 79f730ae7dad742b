package io.github.regionrouter.lab.bench;

import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Where the benchmarks' streams come from. A path with {@code idle} gets one event and then nothing, any other {@value #EVENTS}
 * events, the first one at once and the others {@value #PACE_MILLIS} ms apart.
 */
public final class StreamSource {

    static final int EVENTS = 20;
    static final int PACE_MILLIS = 20;

    private static final String EVENT = "data: {\"id\":\"chatcmpl-BfZ3kq0mXr2uJ8sYt5vWc1dEnH7aL\",\"object\":"
            + "\"chat.completion.chunk\",\"created\":1767225600,\"model\":\"gpt-4o-2024-11-20\",\"system_fingerprint\":"
            + "\"fp_ee1d74bde0\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" region\"},\"logprobs\":null,"
            + "\"finish_reason\":null}]}\n\n";

    private StreamSource() {}

    /**
     * @param port where to listen
     */
    public static void main(String... port) {
        HttpServer.create()
                .host("127.0.0.1")
                .port(Integer.parseInt(port[0]))
                .handle(StreamSource::answer)
                .bindNow()
                .onDispose()
                .block();
    }

    private static Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        Flux<String> events = request.uri().contains("idle")
                ? Flux.just(EVENT).concatWith(Flux.never())
                : Flux.interval(Duration.ZERO, Duration.ofMillis(PACE_MILLIS))
                        .take(EVENTS)
                        .map(tick -> tick < EVENTS - 1 ? EVENT : EVENT + "data: [DONE]\n\n");
        return request.receive().then(response.sse().sendString(events).then());
    }
}
