package io.github.regionrouter;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpResponse;
import io.github.regionrouter.attempt.CallPlan;
import io.github.regionrouter.attempt.Deadline;
import io.github.regionrouter.attempt.RetryRules;
import io.github.regionrouter.attempt.Wishes;
import io.github.regionrouter.memory.RepeatMemory;
import io.github.regionrouter.memory.StateMemory;
import io.github.regionrouter.openai.CallerPatience;
import io.github.regionrouter.openai.Fingerprint;
import io.github.regionrouter.openai.HeaderRules;
import io.github.regionrouter.openai.OpenAiCall;
import io.github.regionrouter.openai.OpenAiError;
import io.github.regionrouter.openai.RefusedCall;
import io.github.regionrouter.openai.RequestTarget;
import io.github.regionrouter.pipeline.RoutedCall;
import io.github.regionrouter.pipeline.RouterPipeline;
import io.github.regionrouter.region.HealthBoard;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.region.RegionSelector;
import io.github.regionrouter.region.Ticker;
import io.github.regionrouter.settings.RouterSettings;
import io.github.regionrouter.settings.RouterSettings.Caller;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The engine and its composition root. The way of a call: request → {@link OpenAiCall} (what is asked) → candidates from the
 * routing table → pipeline → attempts → response. Asynchronous from end to end; nothing here blocks.
 */
public final class Router {

    private static final Logger LOG = Logger.getLogger(Router.class.getName());

    private static final String BACKEND = "Backend-Service-URL";
    private static final String REGION = "x-router-region";
    private static final String ATTEMPTS = "x-router-attempts";

    private final RouterSettings settings;
    private final HealthBoard board;
    private final RegionSelector selector;
    private final RouterPipeline pipeline;
    private final StateMemory states = new StateMemory();
    private final RepeatMemory repeats = new RepeatMemory();
    private final InstantSource wallClock;
    private final DoubleSupplier random;

    /**
     * @param transport sends attempts
     * @param identity asked for a token when a region has no key
     * @param ticker measures calls, cooldowns and deadlines
     * @param wallClock reads HTTP dates
     * @param scheduler waits and cuts; runs on the same time as the ticker
     * @param random uniform in [0, 1); called from many threads
     */
    public Router(
            RouterSettings settings,
            HttpClient transport,
            TokenCredential identity,
            Ticker ticker,
            InstantSource wallClock,
            Scheduler scheduler,
            DoubleSupplier random) {
        this.settings = settings;
        this.board = new HealthBoard(ticker);
        this.selector = new RegionSelector(board, random);
        this.pipeline = new RouterPipeline(
                transport,
                identity,
                board,
                ticker,
                wallClock,
                scheduler,
                settings.retry().idleTimeout());
        this.wallClock = wallClock;
        this.random = random;
    }

    /** A router on the real clock. */
    public static Router create(RouterSettings settings, HttpClient transport, TokenCredential identity) {
        return new Router(
                settings,
                transport,
                identity,
                Ticker.SYSTEM,
                InstantSource.system(),
                Schedulers.parallel(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * Answers a request. Never an error signal: what goes wrong is an answer too.
     *
     * @param caller who calls, already known by the host
     */
    public Mono<RouterResponse> route(RouterRequest request, Caller caller) {
        String requestId = newRequestId();
        return Mono.defer(() -> answer(request, caller, requestId))
                .onErrorResume(RefusedCall.class, refused -> Mono.just(RouterResponse.of(refused.error(), requestId)))
                .onErrorResume(fault -> {
                    LOG.log(Level.SEVERE, "request " + requestId + " failed", fault);
                    return Mono.just(RouterResponse.of(OpenAiError.internal(requestId), requestId));
                });
    }

    /** An id for an answer that the host makes without asking the router. */
    public static String newRequestId() {
        ThreadLocalRandom random = ThreadLocalRandom.current(); // must be unique, need not be secret
        return String.format("%016x%016x", random.nextLong(), random.nextLong());
    }

    private Mono<RouterResponse> answer(RouterRequest request, Caller caller, String requestId) {
        if ("websocket".equalsIgnoreCase(request.header("upgrade"))) {
            throw new RefusedCall(OpenAiError.webSocketNotSupported());
        }
        if (request.headers().getOrDefault("content-type", List.of()).size() > 1) {
            throw new RefusedCall(OpenAiError.invalidHeader("content-type", "twice", "one, so that all read one body"));
        }
        RequestTarget target = RequestTarget.of(request.path(), request.query());
        OpenAiCall call = OpenAiCall.read(request.method(), target, request::header, request.body());
        if (call.asksForModels()) {
            return Mono.just(RouterResponse.of(200, ModelList.answer(call, settings.table(), caller), requestId));
        }
        String failedBefore = mayBeRepeat(request) ? repeats.failedBefore(repeatKey(request, call, caller)) : null;
        RoutedCall routed = plan(request, call, caller, failedBefore);
        return pipeline.send(routed).map(response -> {
            Region asked = routed.lastAsked();
            if (asked != null && response.getStatusCode() >= 400) {
                repeats.failed(repeatKey(request, call, caller), asked.name());
            }
            return told(response, routed, requestId);
        });
    }

    private RoutedCall plan(RouterRequest request, OpenAiCall call, Caller caller, @Nullable String failedBefore) {
        List<Region> candidates =
                Candidates.of(call, settings.table(), caller, states.find(call.pins(), caller.name()));
        Wishes wishes = new Wishes(
                Candidates.forced(request.header(REGION), candidates, call, caller),
                Candidates.named(failedBefore, candidates),
                call.cacheKey(),
                call.pathFamily(),
                call.repeatable());
        Deadline deadline = Deadline.of(board.now(), settings.retry().deadline(), CallerPatience.of(request::header));
        RetryRules rules = call.stream() && !request.whole() ? settings.retry().forStream() : settings.retry();
        CallPlan plan = new CallPlan(candidates, wishes, rules, deadline, board, selector, random);
        return new RoutedCall(
                call,
                toRegion(request, call),
                plan,
                deadline,
                request.whole(),
                (ids, endpoint) -> states.remember(ids, caller.name(), endpoint));
    }

    /** Only a client that counts its attempts, or names its calls, can be known to repeat one. */
    private static boolean mayBeRepeat(RouterRequest request) {
        String count = request.header("x-stainless-retry-count");
        return request.header("x-ms-client-request-id") != null || (count != null && !count.equals("0"));
    }

    /** What tells that a client sends the same call again: its own id for it, or else that it is the same to the letter. */
    private static String repeatKey(RouterRequest request, OpenAiCall call, Caller caller) {
        String id = request.header("x-ms-client-request-id");
        return Fingerprint.of(
                caller.name() + "\n" + (id != null ? id : call.target().path() + "\n" + Arrays.hashCode(call.body())));
    }

    /** A stream is read on its way (R11), so a region must not compress it. */
    private static HttpHeaders toRegion(RouterRequest request, OpenAiCall call) {
        boolean plain = call.stream() || call.makesState();
        HttpHeaders passed = new HttpHeaders();
        request.headers().forEach((name, values) -> {
            if (HeaderRules.passesToRegion(name) && !(plain && name.equals("accept-encoding"))) {
                passed.set(HttpHeaderName.fromString(name), values);
            }
        });
        return passed;
    }

    /** R15: every answer tells its story. */
    private RouterResponse told(HttpResponse response, RoutedCall call, String requestId) {
        Map<String, List<String>> headers = ResponseHeaders.of(response, wallClock);
        headers.put(RouterResponse.REQUEST_ID, List.of(requestId));
        Region region = call.answeredBy();
        if (region != null) {
            headers.put(BACKEND, List.of(region.endpoint().toString()));
            headers.put(REGION, List.of(region.name()));
        }
        String story = call.story();
        if (!story.isEmpty()) {
            headers.put(ATTEMPTS, List.of(story));
        }
        return new RouterResponse(
                response.getStatusCode(), headers, RouterResponse.contentLength(response), response.getBody());
    }
}
