package io.github.regionrouter.lab.load;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Sends calls over HTTP/1.1. To the URLs given and no other: redirects are not followed and no proxy is used, whatever the
 * environment says. Nothing is repeated, so each failure is seen.
 */
final class ChatClient implements AutoCloseable {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    /** Shorter than servers keep theirs, so that no call meets a connection that is just being closed. */
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(20);

    private final LoadPlan plan;
    private final ChatBody body;
    private final ServerText text;
    private final LongSupplier nanos;
    private final ConnectionProvider pool;
    private final HttpClient http;

    /** @param nanos the clock of the times of calls */
    ChatClient(LoadPlan plan, LongSupplier nanos) {
        this.plan = plan;
        this.nanos = nanos;
        body = new ChatBody(plan);
        text = new ServerText(Secrets.of(plan));
        Duration connect = plan.timeout().compareTo(LONGEST_CONNECT) < 0 ? plan.timeout() : LONGEST_CONNECT;
        // Room for all: a pool that is full would be this tester's own wait, and be charged to the endpoint.
        pool = ConnectionProvider.builder("load")
                .maxConnections(plan.pace().mostAtOnce())
                .pendingAcquireMaxCount(-1)
                .pendingAcquireTimeout(plan.timeout())
                .maxIdleTime(LONGEST_IDLE)
                .build();
        http = HttpClient.create(pool)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connect.toMillis())
                .noProxy()
                .followRedirect(false)
                .disableRetry(true)
                .headers(this::common);
        http.warmup().block();
    }

    /**
     * Never fails: a failure is a result too.
     *
     * @param due when the call should have set out; null if that is when it does
     */
    Mono<CallResult> send(Call call, @Nullable Long due) {
        return Mono.defer(() -> {
            AnswerReader reader = new AnswerReader(nanos);
            byte[] bytes = body.of(call);
            long sent = nanos.getAsLong();
            long intended = due == null ? sent : due;
            return http.headers(headers -> key(headers, call.target().key()))
                    .post()
                    .uri(call.target().chat())
                    .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(bytes)))
                    .response((response, content) -> {
                        reader.begin(head(response));
                        return content.doOnNext(piece -> reader.see(piece.nioBuffer()))
                                .thenMany(Flux.empty());
                    })
                    .then(Mono.fromSupplier(reader::ended))
                    .timeout(plan.timeout())
                    .map(status -> result(call, intended, sent, reader, status, reader.detail()))
                    .onErrorResume(failure -> Mono.fromSupplier(() -> failed(call, intended, sent, reader, failure)));
        });
    }

    @Override
    public void close() {
        pool.disposeLater().block(Duration.ofSeconds(5));
    }

    private CallResult result(Call call, long intended, long sent, AnswerReader reader, Status status, String detail) {
        CallTimes times = new CallTimes(intended, sent, reader.firstToken(), nanos.getAsLong());
        boolean served = status.kind() == Status.Kind.SERVED;
        return new CallResult(
                call,
                times,
                status,
                reader.head(),
                served ? reader.tokens() : Tokens.NONE,
                served ? null : text.line(detail));
    }

    private CallResult failed(Call call, long intended, long sent, AnswerReader reader, Throwable failure) {
        Status status = status(failure, reader);
        String detail = rootMessage(failure);
        if (status.equals(Status.TIMEOUT)) {
            detail = (reader.head() == null ? "no answer within " : "no whole answer within ")
                    + Words.seconds(plan.timeout());
        }
        return result(call, intended, sent, reader, status, detail);
    }

    private static Status status(Throwable failure, AnswerReader reader) {
        if (failure instanceof TimeoutException) {
            return Status.TIMEOUT;
        }
        if (failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof SSLException) {
            return Status.CONNECT_ERROR;
        }
        // Netty's decoder throws them for heads that it cannot read.
        boolean unread = failure instanceof IllegalArgumentException || failure instanceof DecoderException;
        return unread && reader.head() == null ? Status.NOT_HTTP : reader.broken();
    }

    /** Of TLS the outermost message says only that there was a problem. */
    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private void common(HttpHeaders headers) {
        headers.set("content-type", "application/json")
                .set("accept", plan.stream() ? "text/event-stream" : "application/json")
                .set("user-agent", "region-router-load");
        plan.headers().forEach(headers::set);
    }

    private static void key(HttpHeaders headers, @Nullable String key) {
        if (key != null) {
            headers.set("api-key", key);
        }
    }

    private AnswerHead head(HttpClientResponse response) {
        return AnswerHead.of(
                response.status().code(), name -> response.responseHeaders().get(name), text);
    }
}
