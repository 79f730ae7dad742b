package io.github.regionrouter;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import io.github.regionrouter.pipeline.RoutedCall;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.region.Ticker;
import io.github.regionrouter.telemetry.Activity;
import io.github.regionrouter.telemetry.AttemptMeter;
import io.github.regionrouter.telemetry.AttemptRecord;
import io.github.regionrouter.telemetry.AttemptTracing.RequestSpan;
import io.github.regionrouter.telemetry.JsonLines;
import io.github.regionrouter.telemetry.RequestRecord;
import io.github.regionrouter.telemetry.Usage;
import io.github.regionrouter.telemetry.UsageWatch;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Watches one request (design §7): tells each attempt, and the request itself once, when its answer has ended or its caller has
 * hung up.
 */
final class RequestWatch implements Consumer<AttemptRecord> {

    /** What is written down where a caller hung up before there was an answer; nobody gets it. */
    private static final int HUNG_UP = 499;

    private final String requestId;
    private final String caller;
    private final long start;
    private final Ticker ticker;
    private final Consumer<String> lines;
    private final Activity activity;
    private final AttemptMeter meter;
    private final AtomicBoolean told = new AtomicBoolean();

    private volatile boolean answered;
    private @Nullable RoutedCall call;
    private @Nullable RequestSpan span;

    RequestWatch(
            String requestId,
            String caller,
            Ticker ticker,
            Consumer<String> lines,
            Activity activity,
            AttemptMeter meter) {
        this.requestId = requestId;
        this.caller = caller;
        this.start = ticker.nanos();
        this.ticker = ticker;
        this.lines = lines;
        this.activity = activity;
        this.meter = meter;
    }

    @Override
    public void accept(AttemptRecord attempt) {
        activity.accept(attempt);
        meter.count(attempt);
        lines.accept(JsonLines.of(attempt));
    }

    /** The request goes to the regions. */
    void goes(RoutedCall routed, RequestSpan itsSpan) {
        call = routed;
        span = itsSpan;
    }

    /** The answer, which tells the request when it has ended. */
    RouterResponse watched(RouterResponse answer, HttpResponse response) {
        answered = true;
        UsageWatch usage = tellsTokens(response) ? new UsageWatch() : null;
        Flux<ByteBuffer> body = usage == null ? answer.body() : answer.body().doOnNext(usage::see);
        Runnable ended = () -> tell(answer.status(), usage == null ? Usage.UNKNOWN : usage.usage());
        return new RouterResponse(
                answer.status(),
                answer.headers(),
                answer.contentLength(),
                body.doOnTerminate(ended).doOnCancel(ended)); // before whoever waits for the end goes on
    }

    /** The router answers itself, without having called anybody. */
    void refused(int status) {
        tell(status, Usage.UNKNOWN);
    }

    /** The caller hung up before there was an answer. */
    void hungUp() {
        if (!answered) {
            tell(HUNG_UP, Usage.UNKNOWN);
        }
    }

    private void tell(int status, Usage usage) {
        if (!told.compareAndSet(false, true)) {
            return;
        }
        RoutedCall routed = call;
        Region region = routed == null ? null : routed.answeredBy();
        Long lastSent = routed == null ? null : routed.lastSent();
        long now = ticker.nanos();
        RequestRecord request = new RequestRecord(
                requestId,
                caller,
                routed == null ? "" : routed.subject(),
                region == null ? null : region.name(),
                routed == null ? 0 : routed.attempts(),
                status,
                Duration.ofNanos(now - start),
                Duration.ofNanos((lastSent == null ? now : lastSent) - start),
                usage);
        RequestSpan its = span;
        if (its != null) {
            its.end(request);
        }
        meter.count(request);
        lines.accept(JsonLines.of(request));
    }

    /** What is compressed, or neither JSON nor events, tells nothing that could be read on its way. */
    private static boolean tellsTokens(HttpResponse response) {
        String type = response.getHeaders().getValue(HttpHeaderName.CONTENT_TYPE);
        String encoding = response.getHeaders().getValue(HttpHeaderName.CONTENT_ENCODING);
        return response.getStatusCode() < 300
                && (encoding == null || encoding.equalsIgnoreCase("identity"))
                && type != null
                && (type.toLowerCase(Locale.ROOT).startsWith("application/json")
                        || type.toLowerCase(Locale.ROOT).startsWith("text/event-stream"));
    }
}
