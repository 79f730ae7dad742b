package io.github.regionrouter.pipeline;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.BinaryData;
import io.github.regionrouter.attempt.CallPlan;
import io.github.regionrouter.attempt.Deadline;
import io.github.regionrouter.attempt.Decision;
import io.github.regionrouter.attempt.Outcome;
import io.github.regionrouter.openai.OpenAiCall;
import io.github.regionrouter.openai.StreamFamily;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.telemetry.AttemptRecord;
import io.github.regionrouter.telemetry.AttemptTracing.AttemptSpan;
import io.github.regionrouter.telemetry.AttemptTracing.RequestSpan;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through the pipeline: what is asked, the plan, and what has happened so far. It travels in the
 * pipeline's context; one call is handled by one step after the other.
 */
public final class RoutedCall {

    static final String KEY = "region-router.call";

    private static final HttpHeaderName MODEL = HttpHeaderName.fromString(OpenAiCall.MODEL_HEADER);

    private final String requestId;
    private final String caller;
    private final OpenAiCall call;
    private final HttpHeaders headers;
    private final CallPlan plan;
    private final Deadline deadline;
    private final Duration idleLimit;
    private final boolean whole;
    private final BiConsumer<Set<String>, URI> memory;
    private final Consumer<AttemptRecord> records;
    private final Consumer<String> lines;
    private final RequestSpan span;
    private final List<Attempt> attempts = new ArrayList<>(2);
    private @Nullable Region answeredBy;
    private @Nullable Long lastSent;

    /**
     * A call that is ready to go.
     *
     * @param headers those that pass to a region (R13), without any credential
     * @param requestId names the request in headers and records
     * @param caller name of who asks
     * @param idleLimit the longest silence within an answer
     * @param whole whether an answer is read to its end before the caller gets any of it
     * @param memory told which ids the answer of a resource named (R12)
     * @param records told of every attempt
     * @param lines takes alarms
     * @param span the request's, around those of its attempts
     */
    public RoutedCall(
            String requestId,
            String caller,
            OpenAiCall call,
            HttpHeaders headers,
            CallPlan plan,
            Deadline deadline,
            Duration idleLimit,
            boolean whole,
            BiConsumer<Set<String>, URI> memory,
            Consumer<AttemptRecord> records,
            Consumer<String> lines,
            RequestSpan span) {
        this.requestId = requestId;
        this.caller = caller;
        this.call = call;
        this.headers = headers;
        this.plan = plan;
        this.deadline = deadline;
        this.idleLimit = idleLimit;
        this.whole = whole;
        this.memory = memory;
        this.records = records;
        this.lines = lines;
        this.span = span;
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

    /** What the call is about, for messages: the model, or the path where none is named. */
    public String subject() {
        String model = call.model();
        return model == null ? call.target().path() : model;
    }

    Duration idleLimit() {
        return idleLimit;
    }

    boolean isWhole() {
        return whole;
    }

    /** Whether the call names state, which lives in one resource (R12). */
    boolean isPinned() {
        return !call.pins().isEmpty();
    }

    boolean makesState() {
        return call.makesState();
    }

    StreamFamily family() {
        return call.family();
    }

    void remember(Set<String> ids, Region region) {
        memory.accept(ids, region.endpoint());
    }

    /** The call in the words of one region: its endpoint, its name for the deployment; the body as it came. */
    HttpRequest requestTo(Region region) {
        String deployment = region.deployment().name();
        String query = call.target().query();
        String url = region.endpoint() + call.pathFor(deployment) + (query.isEmpty() ? "" : "?" + query);
        HttpHeaders own = new HttpHeaders(headers);
        if (call.modelInHeader()) {
            own.set(MODEL, deployment);
        }
        try {
            HttpRequest request = new HttpRequest(HttpMethod.valueOf(call.method()), new URL(url)).setHeaders(own);
            return call.body().length == 0 ? request : request.setBody(BinaryData.fromBytes(call.bodyFor(deployment)));
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(
                    "endpoint: " + region.endpoint() + " (expected: validated settings)", impossible);
        }
    }

    /** An attempt sets out. */
    AttemptSpan setOut(HttpRequest request, Region region, long now) {
        lastSent = now;
        return span.attempt(
                region,
                attempts.size() + 1,
                call.method(),
                region.endpoint() + call.pathFor(region.deployment().name()),
                (name, value) -> request.setHeader(HttpHeaderName.fromString(name), value));
    }

    /** An attempt is over. */
    void ended(Attempt attempt, AttemptSpan its) {
        attempts.add(attempt);
        tell(
                attempt.region(),
                attempts.size(),
                attempt.outcome(),
                attempt.took(),
                attempt.decision().text(),
                its);
    }

    /** The caller hung up while an attempt was under way. */
    void cancelled(Region region, Duration took, AttemptSpan its) {
        tell(region, attempts.size() + 1, null, took, Decision.RETURN.text(), its);
    }

    private void tell(
            Region region, int number, @Nullable Outcome outcome, Duration took, String decision, AttemptSpan its) {
        AttemptRecord record = new AttemptRecord(requestId, caller, subject(), region, number, outcome, took, decision);
        its.end(record);
        records.accept(record);
    }

    Consumer<String> lines() {
        return lines;
    }

    /** When the last attempt set out; null if none did. */
    public @Nullable Long lastSent() {
        return lastSent;
    }

    /** How many attempts came to an end. */
    public int attempts() {
        return attempts.size();
    }

    void answeredBy(Region region) {
        answeredBy = region;
    }

    /** Names the request in headers and records. */
    public String requestId() {
        return requestId;
    }

    /** The region whose answer the caller gets; null if the router answers itself. */
    public @Nullable Region answeredBy() {
        return answeredBy;
    }

    /** The region that was asked last, or null if none was. */
    public @Nullable Region lastAsked() {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1).region();
    }

    /** The story so far, as the value of {@code x-router-attempts}; empty if nobody was called (R15). */
    public String story() {
        StringBuilder story = new StringBuilder(80 * attempts.size());
        for (Attempt attempt : attempts) {
            story.append(story.isEmpty() ? "" : ", ").append(attempt.text());
        }
        return story.toString();
    }
}
