package io.github.regionrouter.host;

import io.github.regionrouter.RouterRequest;
import io.github.regionrouter.RouterResponse;
import io.github.regionrouter.openai.RefusedCall;
import io.github.regionrouter.pipeline.EventLoops;
import io.netty.buffer.Unpooled;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpRequestDecoderSpec;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The streaming host's HTTP server: request bodies are bounded, responses flow as they come at the caller's pace, and a caller
 * who hangs up cancels the call upstream (R14), because Reactor Netty cancels what it was writing.
 */
final class StreamingServer implements AutoCloseable {

    /** How long calls under way may go on after a stop was asked for. */
    static final Duration GRACE = Duration.ofSeconds(25);

    /** How long a connection is kept without a request; longer than clients keep theirs, so that they close first. */
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(5);

    /** In bytes. */
    private static final int LONGEST_PIECE = 64 * 1024;

    private final DisposableServer server;

    private StreamingServer(DisposableServer server) {
        this.server = server;
    }

    /**
     * @param address where to listen
     * @param port 0 for any free one
     * @param scheduler cuts off senders that are too slow
     * @param lines takes what is written down of attempts and requests; must not block
     * @throws reactor.netty.ChannelBindException if the port is taken
     */
    static StreamingServer start(
            FrontDoor door, String address, int port, Scheduler scheduler, Consumer<String> lines) {
        MalformedHeads malformedHeads = new MalformedHeads();
        return new StreamingServer(HttpServer.create()
                .host(address)
                .port(port)
                .protocol(HttpProtocol.HTTP11)
                .runOn(EventLoops.ofProcess())
                .idleTimeout(LONGEST_IDLE)
                .httpRequestDecoder(StreamingServer::limited)
                .doOnChannelInit((observer, channel, remote) ->
                        channel.pipeline().addAfter(NettyPipeline.HttpCodec, "malformed-heads", malformedHeads))
                .channelGroup(new DefaultChannelGroup(GlobalEventExecutor.INSTANCE))
                .handle((request, response) -> handle(door, scheduler, lines, request, response))
                .bindNow());
    }

    /** Large bodies come in pieces as large as they are read: by default 1 MB would take the way of a piece 128 times. */
    @SuppressWarnings("deprecation") // for Netty 5, which Reactor Netty 1 does not stand on
    private static HttpRequestDecoderSpec limited(HttpRequestDecoderSpec decoder) {
        return decoder.maxInitialLineLength(MalformedHeads.LONGEST_LINE)
                .maxHeaderSize(MalformedHeads.LONGEST_HEADERS)
                .maxChunkSize(LONGEST_PIECE);
    }

    int port() {
        return server.port();
    }

    /** Returns when the server has stopped. */
    void awaitEnd() {
        server.onDispose().block();
    }

    /** Takes no new calls and lets those under way finish. */
    @Override
    public void close() {
        server.disposeNow(GRACE);
    }

    private static Mono<Void> handle(
            FrontDoor door,
            Scheduler scheduler,
            Consumer<String> lines,
            HttpServerRequest request,
            HttpServerResponse response) {
        Mono<byte[]> body = RequestBody.read(request, scheduler)
                .doOnError(RefusedCall.class, refused -> response.header(HttpHeaderNames.CONNECTION, "close"));
        return door.answer(headOf(request, lines), body).flatMap(answer -> write(answer, response));
    }

    private static RouterRequest headOf(HttpServerRequest request, Consumer<String> lines) {
        String uri = request.uri();
        if (!uri.startsWith("/")) { // absolute form, which proxies use (RFC 9112 §3.2.2)
            int path = uri.indexOf('/', uri.indexOf("://") + 3);
            uri = path < 0 ? "/" : uri.substring(path);
        }
        int question = uri.indexOf('?');
        Map<String, List<String>> headers = new TreeMap<>();
        request.requestHeaders()
                .forEach(header -> headers.computeIfAbsent(
                                header.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
                        .add(header.getValue()));
        return new RouterRequest(
                request.method().name(),
                question < 0 ? uri : uri.substring(0, question),
                question < 0 ? "" : uri.substring(question + 1),
                headers,
                new byte[0],
                false,
                lines);
    }

    private static Mono<Void> write(RouterResponse answer, HttpServerResponse response) {
        response.status(answer.status());
        answer.headers().forEach((name, values) -> response.responseHeaders().add(name, values));
        if (answer.contentLength() >= 0) {
            response.header(HttpHeaderNames.CONTENT_LENGTH, Long.toString(answer.contentLength()));
        }
        return response.send(answer.body().map(Unpooled::wrappedBuffer), part -> true)
                .then();
    }
}
