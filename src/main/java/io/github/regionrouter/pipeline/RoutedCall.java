package io.github.regionrouter.pipeline;

import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.BinaryData;
import io.github.regionrouter.attempt.CallPlan;
import io.github.regionrouter.attempt.Deadline;
import io.github.regionrouter.openai.OpenAiCall;
import io.github.regionrouter.region.Region;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through the pipeline: what is asked, the plan, and what has happened so far. It travels in the
 * pipeline's context; one call is handled by one step after the other.
 */
public final class RoutedCall {

    static final String KEY = "region-router.call";

    private final OpenAiCall call;
    private final HttpHeaders headers;
    private final CallPlan plan;
    private final Deadline deadline;
    private final List<Attempt> attempts = new ArrayList<>(2);
    private @Nullable Region answeredBy;

    /** @param headers those that pass to a region (R13), without any credential */
    public RoutedCall(OpenAiCall call, HttpHeaders headers, CallPlan plan, Deadline deadline) {
        this.call = call;
        this.headers = headers;
        this.plan = plan;
        this.deadline = deadline;
    }

    static RoutedCall of(HttpPipelineCallContext context) {
        return (RoutedCall) context.getData(KEY).orElseThrow();
    }

    CallPlan plan() {
        return plan;
    }

    Deadline deadline() {
        return deadline;
    }

    String model() {
        return call.model();
    }

    /** The call in the words of one region: its endpoint, its name for the deployment; the body as it came. */
    HttpRequest requestTo(Region region) {
        String deployment = region.deployment().name();
        String query = call.target().query();
        String url = region.endpoint() + call.pathFor(deployment) + (query.isEmpty() ? "" : "?" + query);
        try {
            return new HttpRequest(HttpMethod.POST, new URL(url))
                    .setHeaders(new HttpHeaders(headers))
                    .setBody(BinaryData.fromBytes(call.bodyFor(deployment)));
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(
                    "endpoint: " + region.endpoint() + " (expected: validated settings)", impossible);
        }
    }

    void add(Attempt attempt) {
        attempts.add(attempt);
    }

    void answeredBy(Region region) {
        answeredBy = region;
    }

    /** The region whose answer the caller gets; null if the router answers itself. */
    public @Nullable Region answeredBy() {
        return answeredBy;
    }

    /** The story so far, as the value of {@code x-router-attempts}; empty if nobody was called (R15). */
    public String story() {
        return attempts.stream().map(Attempt::text).collect(Collectors.joining(", "));
    }
}
