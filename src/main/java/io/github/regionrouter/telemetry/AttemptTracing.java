package io.github.regionrouter.telemetry;

import com.azure.core.util.Context;
import com.azure.core.util.TracingOptions;
import com.azure.core.util.tracing.SpanKind;
import com.azure.core.util.tracing.StartSpanOptions;
import com.azure.core.util.tracing.Tracer;
import com.azure.core.util.tracing.TracerProvider;
import io.github.regionrouter.region.Region;
import java.net.URI;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Spans, through azure-core's own {@code Tracer}: a CLIENT span per attempt inside one INTERNAL span per request. This shape, and
 * no other, gives exactly one row per attempt under old and new agents (facts/azure-sdk.md §3). Without an agent every method does
 * nothing.
 *
 * <p>What is to be seen in customDimensions is called {@code router.*} or {@code gen_ai.*}; the exporter keeps {@code http.*}
 * and {@code server.*} for columns of their own.
 */
public final class AttemptTracing {

    private final Tracer tracer;

    private AttemptTracing(Tracer tracer) {
        this.tracer = tracer;
    }

    /** On the tracer that an agent has put into the process, if there is one. */
    public static AttemptTracing ofProcess() {
        return new AttemptTracing(
                TracerProvider.getDefaultProvider().createTracer("region-router", null, null, (TracingOptions) null));
    }

    /**
     * A request begins. Its parent is what the caller names, and not the current context: the agent's own server span is switched off,
     * and a child of it would be dropped with it.
     *
     * @param header looks up a request header by its lower-case name, for the caller's {@code traceparent}
     */
    public RequestSpan begin(String requestId, String model, Function<String, @Nullable String> header) {
        if (!tracer.isEnabled()) {
            return new RequestSpan(tracer, Context.NONE, requestId, model);
        }
        StartSpanOptions options = new StartSpanOptions(SpanKind.INTERNAL)
                .setRemoteParent(tracer.extractContext(header))
                .setAttribute("router.request_id", requestId)
                .setAttribute("gen_ai.request.model", model);
        return new RequestSpan(tracer, tracer.start("route " + model, options, Context.NONE), requestId, model);
    }

    /** The span of a request; ended once. */
    public static final class RequestSpan {

        private final Tracer tracer;
        private final Context span;
        private final String requestId;
        private final String model;

        private RequestSpan(Tracer tracer, Context span, String requestId, String model) {
            this.tracer = tracer;
            this.span = span;
            this.requestId = requestId;
            this.model = model;
        }

        /**
         * An attempt sets out.
         *
         * @param target where it goes, without the query
         * @param setHeader puts the span's ids into the request to the region
         */
        public AttemptSpan attempt(
                Region region, int number, String method, String target, BiConsumer<String, String> setHeader) {
            if (!tracer.isEnabled()) {
                return new AttemptSpan(tracer, Context.NONE);
            }
            URI url = URI.create(target);
            int port = url.getPort() >= 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
            StartSpanOptions options = new StartSpanOptions(SpanKind.CLIENT)
                    .setAttribute("http.method", method)
                    .setAttribute("http.url", url.toString())
                    .setAttribute("server.address", url.getHost())
                    .setAttribute("server.port", port)
                    .setAttribute("router.request_id", requestId)
                    .setAttribute("router.region", region.name())
                    .setAttribute("router.attempt", number)
                    .setAttribute("gen_ai.request.model", model);
            Context attempt = tracer.start("attempt " + region.name(), options, span);
            tracer.injectContext(setHeader, attempt);
            return new AttemptSpan(tracer, attempt);
        }

        /** The request is over. */
        public void end(RequestRecord request) {
            if (!tracer.isEnabled()) {
                return;
            }
            tracer.setAttribute("router.attempts", request.attempts(), span);
            tracer.setAttribute("router.caller", request.caller(), span);
            if (request.usage().input() >= 0) {
                tracer.setAttribute("gen_ai.usage.input_tokens", request.usage().input(), span);
            }
            if (request.usage().output() >= 0) {
                tracer.setAttribute(
                        "gen_ai.usage.output_tokens", request.usage().output(), span);
            }
            tracer.end(request.status() >= 500 ? Integer.toString(request.status()) : null, null, span);
        }
    }

    /** The span of one attempt; ended once. */
    public static final class AttemptSpan {

        private final Tracer tracer;
        private final Context span;

        private AttemptSpan(Tracer tracer, Context span) {
            this.tracer = tracer;
            this.span = span;
        }

        /** What the attempt came to is known. */
        public void end(AttemptRecord attempt) {
            if (!tracer.isEnabled()) {
                return;
            }
            if (attempt.status() > 0) {
                tracer.setAttribute("http.status_code", attempt.status(), span);
            }
            tracer.setAttribute("router.outcome", attempt.outcomeText(), span);
            tracer.setAttribute("router.decision", attempt.decision(), span);
            boolean well = attempt.outcomeText().equals("served");
            tracer.end(well ? null : attempt.outcomeText(), null, span);
        }
    }
}
