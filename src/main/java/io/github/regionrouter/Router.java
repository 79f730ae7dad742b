package io.github.regionrouter;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import io.github.regionrouter.attempt.CallPlan;
import io.github.regionrouter.attempt.Deadline;
import io.github.regionrouter.attempt.RetryRules;
import io.github.regionrouter.attempt.Wishes;
import io.github.regionrouter.memory.QuotaMemory;
import io.github.regionrouter.memory.RepeatMemory;
import io.github.regionrouter.memory.StateMemory;
import io.github.regionrouter.openai.CallerPatience;
import io.github.regionrouter.openai.Fingerprint;
import io.github.regionrouter.openai.HeaderRules;
import io.github.regionrouter.openai.OpenAiCall;
import io.github.regionrouter.openai.OpenAiError;
import io.github.regionrouter.openai.RefusedCall;
import io.github.regionrouter.openai.RequestTarget;
import io.github.regionrouter.openai.TokenEstimate;
import io.github.regionrouter.pipeline.RoutedCall;
import io.github.regionrouter.pipeline.RouterPipeline;
import io.github.regionrouter.pipeline.TimeoutWheel;
import io.github.regionrouter.region.Deployment;
import io.github.regionrouter.region.HealthBoard;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.region.RegionSelector;
import io.github.regionrouter.region.Ticker;
import io.github.regionrouter.settings.RouterSettings;
import io.github.regionrouter.settings.RouterSettings.Caller;
import io.github.regionrouter.settings.RouterSettings.Quota;
import io.github.regionrouter.telemetry.Activity;
import io.github.regionrouter.telemetry.AlarmLog;
import io.github.regionrouter.telemetry.AttemptMeter;
import io.github.regionrouter.telemetry.AttemptTracing;
import io.github.regionrouter.telemetry.AttemptTracing.RequestSpan;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The engine and its composition root. The way of a call: request → {@link OpenAiCall} (what is asked) → candidates from the
 * routing table → pipeline → attempts → response. Asynchronous from end to end; nothing here blocks.
 */
public final class Router {

    private static final Logger LOG = Logger.getLogger(Router.class.getName());

    private static final String FORCED_REGION = "x-router-region";

    private final HealthBoard board;
    private final Ticker ticker;
    private final Activity activity;
    private final AttemptMeter meter = AttemptMeter.ofProcess();
    private final AttemptTracing tracing = AttemptTracing.ofProcess();
    private final AlarmLog alarms;
    private final RegionSelector selector;
    private final RouterPipeline pipeline;
    private final StateMemory states = new StateMemory();
    private final RepeatMemory repeats = new RepeatMemory();
    private final QuotaMemory quotas;
    private final InstantSource wallClock;
    private final DoubleSupplier random;

    private volatile RouterSettings settings;

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
        this.ticker = ticker;
        this.activity = new Activity(ticker);
        this.alarms = new AlarmLog(ticker, wallClock);
        this.quotas = new QuotaMemory(ticker);
        this.selector = new RegionSelector(board, random);
        this.pipeline = new RouterPipeline(transport, identity, board, ticker, wallClock, scheduler, alarms);
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
                TimeoutWheel.ofProcess(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * From now on these settings are in force. What did not change keeps its state; calls under way finish on the table they began
     * with (design §4).
     */
    public void use(RouterSettings newer) {
        settings = newer;
        Set<Deployment> deployments = Candidates.deployments(newer.table());
        board.keepOnly(deployments);
        activity.keepOnly(deployments);
    }

    /** What the router knows of its regions, as far as this caller may see it. */
    public RouterStatus status(Caller caller) {
        return RouterStatus.of(settings.table(), board, activity, alarms.recent(), caller);
    }

    /** Whether every model has a region that is not given up. */
    public boolean isHealthy() {
        return RouterStatus.isHealthy(settings.table(), board);
    }

    /**
     * Answers a request. Never an error signal: what goes wrong is an answer too.
     *
     * @param caller who calls, already known by the host
     */
    public Mono<RouterResponse> route(RouterRequest request, Caller caller) {
        String requestId = newRequestId();
        RequestWatch watch = new RequestWatch(requestId, caller.name(), ticker, request.lines(), activity, meter);
        return Mono.defer(() -> answer(request, caller, requestId, watch))
                .onErrorResume(fault -> Mono.just(refused(errorOf(fault, requestId), requestId, watch)))
                .doOnCancel(watch::hungUp);
    }

    private static OpenAiError errorOf(Throwable fault, String requestId) {
        if (fault instanceof RefusedCall refused) {
            return refused.error();
        }
        LOG.log(Level.SEVERE, "request " + requestId + " failed", fault);
        return OpenAiError.internal(requestId);
    }

    private static RouterResponse refused(OpenAiError error, String requestId, RequestWatch watch) {
        watch.refused(error.status());
        return RouterResponse.of(error, requestId);
    }

    /** An id for an answer that the host makes without asking the router. */
    public static String newRequestId() {
        ThreadLocalRandom random = ThreadLocalRandom.current(); // must be unique, need not be secret
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }

    private Mono<RouterResponse> answer(RouterRequest request, Caller caller, String requestId, RequestWatch watch) {
        if ("websocket".equalsIgnoreCase(request.header("upgrade"))) {
            throw new RefusedCall(OpenAiError.webSocketNotSupported());
        }
        if (request.headers().getOrDefault("content-type", List.of()).size() > 1) {
            throw new RefusedCall(OpenAiError.invalidHeader("content-type", "twice", "one, so that all read one body"));
        }
        RouterSettings current = settings;
        RequestTarget target = RequestTarget.of(request.path(), request.query());
        OpenAiCall call = OpenAiCall.read(request.method(), target, request::header, request.body());
        if (call.asksForModels()) {
            return Mono.just(RouterResponse.of(200, ModelList.answer(call, current.table(), caller), requestId));
        }
        String failedBefore = mayBeRepeat(request) ? repeats.failedBefore(repeatKey(request, call, caller)) : null;
        RoutedCall routed = plan(request, requestId, call, caller, failedBefore, current, watch);
        return pipeline.send(routed).map(response -> {
            Region asked = routed.lastAsked();
            if (asked != null && response.getStatusCode() >= 400) {
                repeats.failed(repeatKey(request, call, caller), asked.name());
            }
            return watch.watched(ResponseHeaders.told(response, routed, wallClock), response);
        });
    }

    private RoutedCall plan(
            RouterRequest request,
            String requestId,
            OpenAiCall call,
            Caller caller,
            @Nullable String failedBefore,
            RouterSettings current,
            RequestWatch watch) {
        List<Region> candidates = Candidates.of(call, current.table(), caller, states.find(call.pins(), caller.name()));
        takeFromQuota(call, caller);
        Wishes wishes = new Wishes(
                Candidates.forced(request.header(FORCED_REGION), candidates, call, caller),
                Candidates.named(failedBefore, candidates),
                call.cacheKey(),
                call.pathFamily(),
                call.repeatable());
        Deadline deadline = Deadline.of(board.now(), current.retry().deadline(), CallerPatience.of(request::header));
        RetryRules rules = call.stream() && !request.whole() ? current.retry().forStream() : current.retry();
        CallPlan plan = new CallPlan(candidates, wishes, rules, deadline, board, selector, random);
        String subject = call.model() == null ? call.target().path() : call.model();
        RequestSpan span = tracing.begin(requestId, subject, request::header);
        RoutedCall routed = new RoutedCall(
                requestId,
                caller.name(),
                call,
                toRegion(request, call),
                plan,
                deadline,
                rules.idleTimeout(),
                request.whole(),
                (ids, endpoint) -> states.remember(ids, caller.name(), endpoint),
                watch,
                request.lines(),
                span);
        watch.goes(routed, span);
        return routed;
    }

    private void takeFromQuota(OpenAiCall call, Caller caller) {
        Quota quota = caller.quota();
        if (quota.equals(Quota.NONE)) {
            return;
        }
        long tokens = quota.tokensPerMinute() == 0 ? 0 : TokenEstimate.of(call.body());
        Duration wait = quotas.take(caller.name(), quota.tokensPerMinute(), quota.requestsPerMinute(), tokens);
        if (!wait.isZero()) {
            boolean never = quota.tokensPerMinute() > 0 && tokens > quota.tokensPerMinute();
            throw new RefusedCall(OpenAiError.callerQuotaExceeded(wait, never));
        }
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
}
