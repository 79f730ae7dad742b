package io.github.regionrouter.lab.simulator;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way in which a region misbehaves, an immutable value.
 *
 * <p>A fault works on every request until {@link Faults#clear()}, unless {@link #times} or {@link #onPath} limits it. The
 * kinds are independent of each other: a request takes at most one fault of each kind, the one added first.
 */
public sealed interface Fault permits Fault.Instead, Fault.Delay, Fault.InStream, Fault.CutBody, Fault.Limited {

    /** A fault which replaces the answer of the operation. */
    sealed interface Instead extends Fault permits StatusFault, Reset, Silence {}

    /** A fault which makes the answer late. */
    sealed interface Delay extends Fault permits FirstByteDelay, FirstTokenDelay {}

    /** A fault in an event stream; other answers leave it alone and do not count for {@link #times}. */
    sealed interface InStream extends Fault permits StreamCut, ErrorEvent {}

    /** Closes the connection, before the answer or as soon as the head of the request is there. */
    record Reset(boolean afterRequest) implements Instead {}

    /** Reads the request and never answers. */
    record Silence() implements Instead {}

    /** Waits before the status line. */
    record FirstByteDelay(Duration delay) implements Delay {}

    /** Waits before the first token: a stream has already sent its head and its opening events. */
    record FirstTokenDelay(Duration delay) implements Delay {}

    /** Sends the head and the first events of a stream, then ends it in a way of its own. */
    record StreamCut(int events, StreamEnd end) implements InStream {
        /** Checks the range. */
        public StreamCut {
            Check.that(events >= 0, "events", events, ">= 0");
        }
    }

    /**
     * Sends the first events of a stream, then an error as an event, and ends cleanly without {@code [DONE]}.
     *
     * @param event the name of the event; empty for none, or for that of the family
     * @param json what it says; null for a model that is overloaded, in the shape of the family
     */
    record ErrorEvent(int events, String event, @Nullable String json) implements InStream {
        /** Checks the range. */
        public ErrorEvent {
            Check.that(events >= 0, "events", events, ">= 0");
        }

        SseEvent in(String path, int before) {
            return json == null ? ErrorEvents.overloaded(path, event, before) : new SseEvent(event, json, false);
        }
    }

    /** Announces the whole length of a JSON answer, sends half of it and closes; streams leave it alone. */
    record CutBody() implements Fault {}

    /**
     * A fault limited to a number of requests, to paths with a suffix, and to a time by the region's clock.
     *
     * @param after from when it was added to when it begins to work
     * @param length how long it works from then on
     */
    record Limited(Fault fault, int count, String pathSuffix, Duration after, Duration length) implements Fault {
        /** Without limit of {@link #count}. */
        static final int ALWAYS = Integer.MAX_VALUE;

        /** Without end: no run lasts ten years. */
        static final Duration FOR_EVER = Duration.ofDays(3_650);

        static Limited of(Fault fault) {
            return fault instanceof Limited limited ? limited : new Limited(fault, ALWAYS, "", Duration.ZERO, FOR_EVER);
        }

        /** Checks the range. */
        public Limited {
            Check.that(count > 0, "times", count, "> 0");
            Check.that(!after.isNegative(), "after", after, ">= 0");
            Check.that(!length.isNegative() && !length.isZero(), "length", length, "> 0");
        }
    }

    /** Any status with any header and body; these headers win over the region's own ones. */
    static Fault status(int status, Map<String, String> headers, String body) {
        return new StatusFault(status, headers, body);
    }

    /** A status with the body which Azure sends for it; 400 is the content filter. */
    static Fault status(int status) {
        return new StatusFault(status, Map.of(), AzureError.bodyOf(status));
    }

    /** 400 of the content filter. */
    static Fault contentFilter() {
        return status(400);
    }

    /** 429 with {@code retry-after} in seconds, rounded up, and {@code retry-after-ms}. */
    static Fault throttle(Duration retryAfter) {
        return new StatusFault(429, Throttle.headers(retryAfter), AzureError.tryAgain(Throttle.seconds(retryAfter)));
    }

    /** 429 with exactly these headers beside the region's own ones, and a sentence that agrees with them. */
    static Fault throttle(Map<String, String> headers) {
        return new StatusFault(429, headers, AzureError.tryAgain(headers));
    }

    /** An error page in HTML, as a gateway before the service sends it. */
    static Fault htmlError(int status) {
        return new StatusFault(status, Map.of("content-type", "text/html"), AzureError.html(status));
    }

    /** TCP reset as soon as the head of the request is there. */
    static Fault resetAtOnce() {
        return new Reset(false);
    }

    /** TCP reset once the whole request was read, before any byte of an answer. */
    static Fault resetAfterRequest() {
        return new Reset(true);
    }

    /** The request is read and never answered. */
    static Fault silence() {
        return new Silence();
    }

    /** The answer begins this much later. */
    static Fault slowFirstByte(Duration delay) {
        return new FirstByteDelay(delay);
    }

    /** The first token comes this much later; the head of a stream is in time. */
    static Fault slowFirstToken(Duration delay) {
        return new FirstTokenDelay(delay);
    }

    /** The connection of a stream closes after so many events: the body ends without its last chunk. */
    static Fault cutStream(int events) {
        return new StreamCut(events, StreamEnd.CLOSE);
    }

    /** The connection of a stream is reset after so many events; a caller may lose those it has not read yet. */
    static Fault resetStream(int events) {
        return new StreamCut(events, StreamEnd.RESET);
    }

    /** A stream ends cleanly after so many events, without {@code [DONE]}. */
    static Fault endStream(int events) {
        return new StreamCut(events, StreamEnd.CLEAN);
    }

    /** A stream falls silent after so many events, with its connection open. */
    static Fault stallStream(int events) {
        return new StreamCut(events, StreamEnd.STALL);
    }

    /** The first event of a 200 says that the model is overloaded, in the shape of its family. */
    static Fault errorEvent() {
        return new ErrorEvent(0, "", null);
    }

    /** After so many events a stream carries {@code data: json}. */
    static Fault errorEvent(int events, String json) {
        return namedErrorEvent(events, "", json);
    }

    /** After so many events a stream carries {@code event: name} and {@code data: json}, as the Responses API does. */
    static Fault namedErrorEvent(int events, String event, String json) {
        return new ErrorEvent(events, event, json);
    }

    /** A JSON answer is cut: half of what {@code content-length} says, then the connection closes. */
    static Fault cutBody() {
        return new CutBody();
    }

    /** This fault for the next requests only. */
    default Fault times(int count) {
        Limited now = Limited.of(this);
        return new Limited(now.fault(), count, now.pathSuffix(), now.after(), now.length());
    }

    /** This fault for paths (without query) which end so. */
    default Fault onPath(String suffix) {
        Limited now = Limited.of(this);
        return new Limited(now.fault(), now.count(), suffix, now.after(), now.length());
    }

    /** This fault from so long after it is added on, and for so long, by the region's clock. */
    default Fault during(Duration after, Duration length) {
        Limited now = Limited.of(this);
        return new Limited(now.fault(), now.count(), now.pathSuffix(), after, length);
    }
}
