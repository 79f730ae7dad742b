package io.github.regionrouter.pipeline;

import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpResponse;
import io.github.regionrouter.attempt.Answer;
import io.github.regionrouter.attempt.Headers;
import io.github.regionrouter.attempt.Outcome;
import io.github.regionrouter.attempt.Outcome.Cut;
import io.github.regionrouter.attempt.Outcome.Failed;
import io.github.regionrouter.attempt.Outcome.Failure;
import io.github.regionrouter.attempt.Outcome.Served;
import io.github.regionrouter.attempt.Outcome.Throttled;
import io.github.regionrouter.attempt.OutcomeClassifier;
import io.github.regionrouter.attempt.RetryAfter;
import io.github.regionrouter.openai.HeaderRules;
import io.github.regionrouter.openai.OpenAiError;
import io.github.regionrouter.openai.StateIds;
import io.github.regionrouter.openai.StreamError;
import io.github.regionrouter.openai.StreamEvent;
import io.github.regionrouter.pipeline.Opening.Committed;
import io.github.regionrouter.pipeline.Opening.ErrorFirst;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.region.Ticker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Reads as much of a region's answer as it takes to say what it comes to: of most the headers, of some errors the text, of a
 * stream the beginning, of an answer that names state the whole; and for the worker host always the whole.
 */
final class AnswerReader {

    private static final byte[] NOTHING = {};

    private final Ticker ticker;
    private final InstantSource wallClock;
    private final Scheduler scheduler;

    AnswerReader(Ticker ticker, InstantSource wallClock, Scheduler scheduler) {
        this.ticker = ticker;
        this.wallClock = wallClock;
        this.scheduler = scheduler;
    }

    /** An answer and what it comes to; {@code text} is its body if that was read. */
    record Judged(Outcome outcome, HttpResponse response, Optional<byte[]> text) {

        static Judged unread(Outcome outcome, HttpResponse response) {
            return new Judged(outcome, response, Optional.empty());
        }
    }

    Mono<Judged> read(HttpResponse response, RoutedCall call, Region region) {
        int status = response.getStatusCode();
        if (call.deadline().left(ticker.nanos()).isZero()) { // limits may ring a little late
            response.close();
            return Mono.error(new TimeoutException("answer: after the deadline"));
        }
        if (status > 599 || !areWellFormed(response.getHeaders())) {
            response.close();
            return Mono.just(new Judged(new Cut(status), HeldResponse.of(response, NOTHING), Optional.of(NOTHING)));
        }
        if (status >= 200 && status < 300) {
            return passesAsItComes(response, call)
                    ? Mono.just(Judged.unread(new Served(status), inTime(response, call)))
                    : read(response, call, region, isOfType(response, "text/event-stream"))
                            .onErrorResume(
                                    fault -> Mono.just(Judged.unread(brokenAfterHeaders(fault, status), response)));
        }
        Headers headers = name -> response.getHeaders().getValue(HttpHeaderName.fromString(name));
        Instant now = wallClock.instant();
        if (!OutcomeClassifier.needsText(status, headers, call.isPinned(), now)) {
            return Mono.just(Judged.unread(
                    OutcomeClassifier.classify(new Answer(status, headers, null), call.isPinned(), now),
                    inTime(response, call)));
        }
        return SmallBody.read(response, scheduler).map(body -> {
            String text =
                    body.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse(null);
            Outcome outcome = OutcomeClassifier.classify(new Answer(status, headers, text), call.isPinned(), now);
            byte[] shown = body.orElseGet(() -> OpenAiError.answerBroken().body());
            return new Judged(outcome, HeldResponse.of(response, shown), Optional.of(shown));
        });
    }

    private static boolean passesAsItComes(HttpResponse response, RoutedCall call) {
        return !call.isWhole()
                && !isOfType(response, "text/event-stream")
                && !(call.makesState() && isOfType(response, "application/json"));
    }

    private Mono<Judged> read(HttpResponse response, RoutedCall call, Region region, boolean stream) {
        if (stream && !call.isWhole()) {
            return LateCommit.open(
                            response.getBody(),
                            new StreamReading(call.family(), event -> rememberEvent(event, call, region)),
                            scheduler,
                            ticker,
                            call.idleLimit())
                    .map(opening -> judged(opening, response));
        }
        Served served = new Served(response.getStatusCode());
        return WholeAnswer.read(response, call.idleLimit(), scheduler)
                .map(body -> stream ? wholeStream(response, body, call, region) : whole(response, body, call, region))
                .onErrorResume(
                        BoundedBody.TooLargeException.class, // another region's would be no smaller
                        tooLarge -> Mono.just(Judged.unread(
                                served, HeldResponse.of(response.getRequest(), OpenAiError.answerBroken()))));
    }

    /** R10: a body that is passed on as it comes ends with the deadline at the latest; that of a stream may go on. */
    private HttpResponse inTime(HttpResponse response, RoutedCall call) {
        long declared = BoundedBody.declaredLength(response);
        AtomicLong seen = new AtomicLong();
        Flux<ByteBuffer> body = response.getBody().doOnNext(piece -> seen.addAndGet(piece.remaining()));
        return new PassedResponse(
                response,
                InTime.whole(
                        body,
                        call.deadline().left(ticker.nanos()),
                        scheduler,
                        () -> seen.get() == declared), // then its end is on its way
                response::close);
    }

    private static Judged whole(HttpResponse response, byte[] body, RoutedCall call, Region region) {
        if (call.makesState()) {
            call.remember(StateIds.inAnswer(body), region);
        }
        return Judged.unread(new Served(response.getStatusCode()), HeldResponse.of(response, body));
    }

    private static Judged wholeStream(HttpResponse response, byte[] body, RoutedCall call, Region region) {
        Judged judged = judged(WholeAnswer.judge(body, call.family()), response);
        if (!(judged.outcome() instanceof Served)) {
            return judged;
        }
        if (call.makesState()) {
            WholeAnswer.events(body).forEach(event -> rememberEvent(event, call, region));
        }
        return Judged.unread(judged.outcome(), HeldResponse.of(response, body));
    }

    private static Judged judged(Opening opening, HttpResponse response) {
        int status = response.getStatusCode();
        if (opening instanceof Committed committed) {
            return Judged.unread(new Served(status), PassedResponse.ofAnyLength(response, committed.body()));
        }
        HttpResponse gone = HeldResponse.of(response, NOTHING);
        return opening instanceof ErrorFirst first
                ? new Judged(outcomeOf(first.error(), status), gone, Optional.of(NOTHING))
                : new Judged(new Cut(status), gone, Optional.of(NOTHING));
    }

    /** Design §5.1: a rate-limit code inside a stream's first error cools like a 429. */
    private static Outcome outcomeOf(StreamError error, int status) {
        return error.isThrottling()
                ? new Throttled(status, RetryAfter.fromText(error.text()))
                : new Failed(status, Failure.STREAM_ERROR);
    }

    private static Outcome brokenAfterHeaders(Throwable fault, int status) {
        return reactor.core.Exceptions.unwrap(fault) instanceof TimeoutException
                ? new Failed(status, Failure.SILENCE)
                : new Cut(status);
    }

    private static void rememberEvent(StreamEvent event, RoutedCall call, Region region) {
        String name = call.makesState() ? event.name() : null;
        if (name != null
                && (name.equals("response.created") || name.endsWith(".done") || name.equals("response.completed"))) {
            call.remember(StateIds.inAnswer(event.data().getBytes(StandardCharsets.UTF_8)), region);
        }
    }

    private static boolean areWellFormed(HttpHeaders headers) {
        for (HttpHeader header : headers) {
            for (String value : header.getValuesList()) {
                if (!HeaderRules.isWellFormed(header.getName(), value)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isOfType(HttpResponse response, String type) {
        String value = response.getHeaders().getValue(HttpHeaderName.CONTENT_TYPE);
        return value != null && value.toLowerCase(Locale.ROOT).startsWith(type);
    }
}
