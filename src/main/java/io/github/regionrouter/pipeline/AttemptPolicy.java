package io.github.regionrouter.pipeline;

import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import io.github.regionrouter.region.HealthBoard;
import io.github.regionrouter.region.Region;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;

/** Counts an attempt as in flight from its start until its answer's body is read, closed or given up. */
final class AttemptPolicy implements HttpPipelinePolicy {

    private final HealthBoard board;

    AttemptPolicy(HealthBoard board) {
        this.board = board;
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        Region region = RegionRetryPolicy.sendOf(context).region();
        return Mono.defer(() -> {
            board.sent(region);
            AtomicBoolean arrived = new AtomicBoolean();
            Runnable arrive = () -> {
                if (arrived.compareAndSet(false, true)) {
                    board.arrived(region);
                }
            };
            return next.process()
                    .<HttpResponse>map(response -> new PassedResponse(
                            response,
                            headersOf(response),
                            response.getBody().doFinally(signal -> arrive.run()),
                            arrive))
                    .doOnError(failure -> arrive.run())
                    .doOnCancel(arrive);
        });
    }

    /** As a plain map: the transport's own look every name up in the connection's headers, and copy what they find, each time. */
    private static HttpHeaders headersOf(HttpResponse response) {
        HttpHeaders own = new HttpHeaders();
        for (HttpHeader header : response.getHeaders()) {
            own.set(HttpHeaderName.fromString(header.getName()), header.getValuesList());
        }
        return own;
    }
}
