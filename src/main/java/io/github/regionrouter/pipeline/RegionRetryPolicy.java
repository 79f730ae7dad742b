package io.github.regionrouter.pipeline;

import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import io.github.regionrouter.attempt.Decision;
import io.github.regionrouter.attempt.Ending;
import io.github.regionrouter.attempt.Outcome.Lack;
import io.github.regionrouter.attempt.Outcome.Misconfigured;
import io.github.regionrouter.attempt.Step;
import io.github.regionrouter.attempt.Step.Finish;
import io.github.regionrouter.attempt.Step.Send;
import io.github.regionrouter.attempt.Step.Wait;
import io.github.regionrouter.attempt.Verdict;
import io.github.regionrouter.pipeline.AnswerReader.Judged;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.region.Ticker;
import io.github.regionrouter.telemetry.AlarmLog;
import io.github.regionrouter.telemetry.AttemptTracing.AttemptSpan;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Carries out the steps of a {@link io.github.regionrouter.attempt.CallPlan}: sends, waits, finishes. It decides nothing.
 *
 * <p>Each attempt is made into an outcome value before the plan is asked: an error that is caught further out, as in
 * azure-core's own RetryPolicy, is caught once per nested attempt and multiplies the attempts.
 */
final class RegionRetryPolicy implements HttpPipelinePolicy {

    private static final String SEND = "region-router.send";

    private final Ticker ticker;
    private final AnswerReader reader;
    private final Scheduler scheduler;
    private final AlarmLog alarms;

    /**
     * @param ticker measures attempts
     * @param scheduler waits, and cuts attempts that last too long
     * @param alarms told when a region refuses the router
     */
    RegionRetryPolicy(Ticker ticker, AnswerReader reader, Scheduler scheduler, AlarmLog alarms) {
        this.ticker = ticker;
        this.reader = reader;
        this.scheduler = scheduler;
        this.alarms = alarms;
    }

    /** The attempt under way. */
    static Send sendOf(HttpPipelineCallContext context) {
        return (Send) context.getData(SEND).orElseThrow();
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        Story story = new Story(RoutedCall.of(context), context, next);
        return Mono.defer(() -> story.follow(story.call.plan().begin()))
                .doOnError(fault -> story.abandon())
                .doOnCancel(story::abandon);
    }

    /** One call being carried out. */
    private final class Story {

        private final RoutedCall call;
        private final HttpPipelineCallContext context;
        private final HttpPipelineNextPolicy next;
        private final KeptAnswers kept = new KeptAnswers();
        private final AtomicReference<@Nullable UnderWay> underWay = new AtomicReference<>();

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
            Ending ending = ((Finish) step).ending();
            return kept.settledFor(ending).then(Mono.fromSupplier(() -> finish(ending)));
        }

        private Mono<HttpResponse> send(Send send) {
            long start = ticker.nanos();
            HttpRequest request = call.requestTo(send.region());
            underWay.set(new UnderWay(send.region(), start, call.setOut(request, send.region(), start)));
            context.setHttpRequest(request);
            context.setData(SEND, send);
            Mono<Judged> answer = next.clone().process().flatMap(response -> {
                answering(response);
                return reader.read(response, call, send.region());
            });
            return InTime.mono(
                            answer,
                            send.limit(),
                            scheduler,
                            tooLate -> tooLate.response().close())
                    .onErrorResume(fault -> Mono.just(
                            new Judged(TransportFaults.outcomeOf(fault), noAnswer(), Optional.of(new byte[0]))))
                    .flatMap(judged -> conclude(send.region(), start, judged));
        }

        /** The caller hung up: what is under way is told, though not what it came to. */
        private void abandon() {
            call.plan().abandon();
            UnderWay attempt = underWay.getAndSet(null);
            if (attempt != null) {
                call.cancelled(attempt.region, Duration.ofNanos(ticker.nanos() - attempt.start), attempt.span);
            }
        }

        private void answering(HttpResponse response) {
            if (response.getStatusCode() < 300) {
                call.plan().answering();
            }
        }

        private Mono<HttpResponse> conclude(Region region, long start, Judged judged) {
            Duration took = Duration.ofNanos(ticker.nanos() - start);
            Verdict verdict = call.plan().after(judged.outcome());
            UnderWay attempt = underWay.getAndSet(null);
            if (attempt != null) {
                call.ended(new Attempt(region, judged.outcome(), took, verdict.decision()), attempt.span);
            }
            if (judged.outcome() instanceof Misconfigured refusal
                    && refusal.lack() == Lack.CREDENTIALS
                    && verdict.decision() != Decision.SAME_REGION) {
                alarms.credentialsRefused(region, refusal.status(), call.lines());
            }
            if (verdict.next() instanceof Finish finish && finish.ending() instanceof Ending.Relay) {
                call.answeredBy(region);
                return Mono.just(judged.response());
            }
            kept.keep(region, judged.response(), textOf(judged)); // read beside the next attempt, which must not wait
            return follow(verdict.next());
        }

        private Mono<Optional<byte[]>> textOf(Judged judged) {
            return judged.text().isPresent() ? Mono.just(judged.text()) : SmallBody.read(judged.response(), scheduler);
        }

        private HttpResponse finish(Ending ending) {
            KeptAnswers.Kept answer = kept.forEnding(ending);
            if (answer != null) {
                call.answeredBy(answer.region());
                return answer.response();
            }
            return HeldResponse.of(
                    context.getHttpRequest(),
                    Endings.error(ending, call.subject(), call.deadline().length()));
        }

        private HttpResponse noAnswer() {
            return new HeldResponse(context.getHttpRequest(), 0, new HttpHeaders(), new byte[0]);
        }
    }

    /** An attempt whose outcome is not known yet; whoever takes it tells it. */
    private record UnderWay(Region region, long start, AttemptSpan span) {}
}
