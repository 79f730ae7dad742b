package io.github.regionrouter.lab.simulator;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** The answering side of one exchange: what can be done to a response and to the connection below it. */
final class Wire {

    private final HttpServerResponse response;
    private final Channel channel;

    Wire(HttpServerResponse response) {
        this.response = response;
        AtomicReference<Channel> found = new AtomicReference<>();
        response.withConnection(connection -> found.set(connection.channel()));
        channel = found.get();
    }

    void head(int status, Map<String, String> headers) {
        response.status(status);
        headers.forEach((name, value) -> response.responseHeaders().set(name, value));
    }

    /** A body with its length. */
    Mono<Void> whole(byte[] body) {
        return body.length == 0
                ? response.send()
                : response.sendByteArray(Mono.just(body)).then();
    }

    /** The head at once, then each piece as it comes; the body is not ended yet. */
    Mono<Void> pieces(Flux<byte[]> pieces) {
        return response.sendHeaders()
                .send(pieces.map(Unpooled::wrappedBuffer), piece -> true)
                .then();
    }

    /** Sends less than is announced. The body is not ended. */
    Mono<Void> part(byte[] body, int length) {
        response.responseHeaders().set("content-length", body.length);
        return response.sendHeaders()
                .send(
                        Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body, 0, length))
                                .flux(),
                        piece -> true)
                .then();
    }

    /** Runs an action when the connection is gone, unless the returned one was run before. */
    Runnable onClose(Runnable action) {
        ChannelFutureListener listener = closed -> action.run();
        channel.closeFuture().addListener(listener);
        return () -> channel.closeFuture().removeListener(listener);
    }

    /** Closes the connection, whatever was announced; never completes. */
    Mono<Void> close() {
        return Mono.fromCallable(channel::close).then(Mono.never());
    }

    /** Resets the connection: with a linger time of zero, close sends RST. Never completes. */
    Mono<Void> reset() {
        return Mono.fromRunnable(() -> channel.config().setOption(ChannelOption.SO_LINGER, 0))
                .then(close());
    }
}
