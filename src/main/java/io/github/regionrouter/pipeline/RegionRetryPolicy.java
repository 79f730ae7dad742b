package io.github.regionrouter.pipeline;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import io.github.regionrouter.attempt.Ending;
import io.github.regionrouter.attempt.Outcome;
import io.github.regionrouter.attempt.Outcome.Throttled;
import io.github.regionrouter.attempt.OutcomeClassifier;
import io.github.regionrouter.attempt.RetryAfter;
import io.github.regionrouter.attempt.Step;
import io.github.regionrouter.attempt.Step.Finish;
import io.github.regionrouter.attempt.Step.Send;
import io.github.regionrouter.attempt.Step.Wait;
import io.github.regionrouter.attempt.Verdict;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.region.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Carries out the steps of a {@link io.github.regionrouter.attempt.CallPlan}: sends, waits, finishes. It decides nothing.
 *
 * <p>Each attempt is made into an {@link Outcome} value before the plan is asked: an error that is caught further out, as in
 * azure-core's own RetryPolicy, is caught once per nested attempt and multiplies the attempts.
 */
final class RegionRetryPolicy implements HttpPipelinePolicy {

    private static final String REGION = "region-router.region";

    private final Ticker ticker;
    private final InstantSource wallClock;
    private final Scheduler scheduler;

    /**
     * @param ticker measures attempts
     * @param wallClock reads HTTP dates in {@code retry-after}
     * @param scheduler waits, and cuts attempts that last too long
     */
    RegionRetryPolicy(Ticker ticker, InstantSource wallClock, Scheduler scheduler) {
        this.ticker = ticker;
        this.wallClock = wallClock;
        this.scheduler = scheduler;
    }

    /** The region that the attempt under way goes to. */
    static Region regionOf(HttpPipelineCallContext context) {
        return (Region) context.getData(REGION).orElseThrow();
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        Story story = new Story(RoutedCall.of(context), context, next);
        return Mono.defer(() -> story.follow(story.call.plan().begin()))
                .doOnError(fault -> story.call.plan().abandon())
                .doOnCancel(() -> story.call.plan().abandon());
    }

    /** One call being carried out. */
    private final class Story {

        private final RoutedCall call;
        private final HttpPipelineCallContext context;
        private final HttpPipelineNextPolicy next;
        private final KeptAnswers kept = new KeptAnswers();

        Story(RoutedCall call, HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
            this.call = call;
            this.context = context;
            this.next = next;
        }

        /** The loop: every round ends here again with the plan's next step, until it says finish. */
        Mono<HttpResponse> follow(Step step) {
            if (step instanceof Send send) {
                return send(send);
            }
            if (step instanceof Wait wait) {
                return Mono.delay(wait.pause(), scheduler)
                        .flatMap(over -> follow(call.plan().afterWait(wait)));
            }
            return Mono.fromSupplier(() -> finish(((Finish) step).ending()));
        }

        private Mono<HttpResponse> send(Send send) {
            long start = ticker.nanos();
            context.setHttpRequest(call.requestTo(send.region()));
            context.setData(REGION, send.region());
            return next.clone()
                    .process()
                    .timeout(send.limit(), scheduler)
                    .map(response -> new Arrival(send.region(), start, response, outcomeOf(response)))
                    .onErrorResume(fault ->
                            Mono.just(new Arrival(send.region(), start, noAnswer(), TransportFaults.outcomeOf(fault))))
                    .flatMap(this::conclude);
        }

        private Mono<HttpResponse> conclude(Arrival arrival) {
            if (arrival.outcome instanceof Throttled throttled && throttled.retryAfter() == null) {
                return SmallBody.read(arrival.response, scheduler).flatMap(body -> goOn(arrival.saying(body), body));
            }
            Verdict verdict = decide(arrival);
            if (verdict.next() instanceof Finish finish && finish.ending() instanceof Ending.Relay) {
                call.answeredBy(arrival.region);
                return Mono.just(arrival.response);
            }
            return SmallBody.read(arrival.response, scheduler).flatMap(body -> {
                kept.keep(arrival.region, arrival.response, body);
                return follow(verdict.next());
            });
        }

        private Mono<HttpResponse> goOn(Arrival arrival, Optional<byte[]> body) {
            Verdict verdict = decide(arrival);
            kept.keep(arrival.region, arrival.response, body);
            return follow(verdict.next());
        }

        private Verdict decide(Arrival arrival) {
            Duration took = Duration.ofNanos(ticker.nanos() - arrival.start);
            Verdict verdict = call.plan().after(arrival.outcome);
            call.add(new Attempt(arrival.region, arrival.outcome, took, verdict.decision()));
            return verdict;
        }

        private HttpResponse finish(Ending ending) {
            KeptAnswers.Kept answer = kept.forEnding(ending);
            if (answer != null) {
                call.answeredBy(answer.region());
                return answer.response();
            }
            return HeldResponse.of(
                    context.getHttpRequest(),
                    Endings.error(ending, call.model(), call.deadline().length()));
        }

        private HttpResponse noAnswer() {
            return new HeldResponse(context.getHttpRequest(), 0, new com.azure.core.http.HttpHeaders(), new byte[0]);
        }
    }

    private Outcome outcomeOf(HttpResponse response) {
        return OutcomeClassifier.classify(
                response.getStatusCode(),
                name -> response.getHeaders().getValue(HttpHeaderName.fromString(name)),
                wallClock.instant());
    }

    /** What came back from a region, already as an outcome. */
    private record Arrival(Region region, long start, HttpResponse response, Outcome outcome) {

        /** The same with what the body of a 429 says about the wait, when its headers say nothing (R3). */
        Arrival saying(Optional<byte[]> body) {
            return new Arrival(
                    region,
                    start,
                    response,
                    new Throttled(
                            outcome.status(),
                            body.map(text -> RetryAfter.fromText(new String(text, StandardCharsets.UTF_8)))
                                    .orElse(null)));
        }
    }
}
