package io.github.regionrouter.lab.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;

/**
 * What is posted, and where.
 *
 * @param headers each as {@code name: value}
 */
record Target(String url, byte[] body, List<String> headers) {

    static Target of(String url, String bodyFile, List<String> headers) throws IOException {
        return new Target(url, Files.readAllBytes(Path.of(bodyFile)), headers);
    }

    /**
     * Posts once.
     *
     * @param content reads a 200's body; what it gives back ends the call
     * @return an error for any other status
     */
    Mono<Void> post(HttpClient client, Function<ByteBufFlux, Publisher<Void>> content) {
        return client.headers(sent -> {
                    sent.set("content-type", "application/json").set("content-length", body.length);
                    for (String header : headers) {
                        int colon = header.indexOf(": ");
                        sent.set(header.substring(0, colon), header.substring(colon + 2));
                    }
                })
                .post()
                .uri(url)
                .send(Mono.<ByteBuf>fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .response((answer, received) -> answer.status().code() == 200
                        ? Flux.from(content.apply(received))
                        : received.then()
                                .thenMany(Flux.error(new IllegalStateException(
                                        "status: " + answer.status().code() + " (expected: 200)"))))
                .then();
    }
}
