package io.github.regionrouter.pipeline;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.util.Context;
import io.github.regionrouter.attempt.Deadline;
import io.github.regionrouter.region.HealthBoard;
import io.github.regionrouter.region.Ticker;
import io.github.regionrouter.telemetry.AlarmLog;
import java.net.MalformedURLException;
import java.net.URL;
import java.time.Duration;
import java.time.InstantSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpResponseDecoderSpec;
import reactor.netty.resources.ConnectionProvider;

/** The azure-core pipeline that every call goes through: retry over regions, credential, one attempt, transport. */
public final class RouterPipeline {

    private static final URL UNDECIDED = undecided();

    /** In bytes. */
    private static final int LONGEST_PIECE = 64 * 1024;

    private final HttpPipeline pipeline;

    /**
     * @param identity asked for a token only when a region has no key
     * @param scheduler waits and time-outs run on it
     * @param alarms told when a region refuses the router
     */
    public RouterPipeline(
            HttpClient transport,
            TokenCredential identity,
            HealthBoard board,
            Ticker ticker,
            InstantSource wallClock,
            Scheduler scheduler,
            AlarmLog alarms) {
        this.pipeline = new HttpPipelineBuilder()
                .httpClient(transport)
                .policies(
                        new RegionRetryPolicy(
                                ticker, new AnswerReader(ticker, wallClock, scheduler), scheduler, alarms),
                        new AttemptPolicy(board),
                        new RegionCredentialPolicy(new TokenStore(identity, wallClock)))
                .build();
    }

    /** Sends a call to its regions; the answer is a region's or, with the reason, the router's own. */
    public Mono<HttpResponse> send(RoutedCall call) {
        return pipeline.send(new HttpRequest(HttpMethod.POST, UNDECIDED), new Context(RoutedCall.KEY, call));
    }

    /**
     * The transport: azure-core over Netty. The pool is bounded per region, and a full one is told at once; retries are the
     * plan's alone; no time-out is zero, since a write time-out of zero silently switches the others off.
     */
    public static HttpClient transport() {
        ConnectionProvider pool = ConnectionProvider.builder("regions")
                .maxConnections(1_000)
                .pendingAcquireMaxCount(1_000)
                .pendingAcquireTimeout(Duration.ofSeconds(5))
                .maxIdleTime(Duration.ofSeconds(60))
                .maxLifeTime(Duration.ofMinutes(10))
                .evictInBackground(Duration.ofSeconds(30))
                .build();
        reactor.netty.http.client.HttpClient base = reactor.netty.http.client.HttpClient.create(pool)
                .runOn(EventLoops.ofProcess())
                .disableRetry(true)
                .httpResponseDecoder(RouterPipeline::inLargePieces);
        base.secure().warmup().subscribe(); // the first TLS of a process reads files: not on an event loop
        return new NettyAsyncHttpClientBuilder(base)
                .connectTimeout(Duration.ofSeconds(3))
                .writeTimeout(Duration.ofSeconds(60))
                .responseTimeout(Deadline.LONGEST)
                .readTimeout(Deadline.LONGEST) // streams have an idle limit of their own
                .build();
    }

    /** Large answers come in pieces as large as they are read, not 8 KiB each. */
    @SuppressWarnings("deprecation") // for Netty 5, which Reactor Netty 1 does not stand on
    private static HttpResponseDecoderSpec inLargePieces(HttpResponseDecoderSpec decoder) {
        return decoder.maxChunkSize(LONGEST_PIECE);
    }

    /** azure-core wants a URL before the retry policy has chosen a region. */
    private static URL undecided() {
        try {
            return new URL("https://undecided.invalid/");
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
