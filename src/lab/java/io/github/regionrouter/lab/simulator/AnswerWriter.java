package io.github.regionrouter.lab.simulator;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes answers at the pace of the region and with the faults which shape an answer. */
final class AnswerWriter {

    private final Pacer pacer;
    private final Faults faults;

    AnswerWriter(RegionConfig config, Faults faults) {
        pacer = new Pacer(config.pace(), config.name());
        this.faults = faults;
    }

    Mono<Void> write(ReceivedRequest request, Map<String, String> commonHeaders, Answer answer, Wire wire) {
        String path = request.path();
        Duration firstByte = faults.take(Fault.FirstByteDelay.class, path)
                .map(Fault.FirstByteDelay::delay)
                .orElse(Duration.ZERO);
        Duration firstToken = faults.take(Fault.FirstTokenDelay.class, path)
                .map(Fault.FirstTokenDelay::delay)
                .orElse(Duration.ZERO);
        Pacer.Delays delays = pacer.next();
        Mono<Void> body = answer instanceof Answer.Events events
                ? stream(request, events, firstToken, delays, wire)
                : whole(request, (Answer.Whole) answer, wire);
        Duration wait = answer instanceof Answer.Whole whole
                ? firstByte.plus(firstToken).plus(delays.tokens(whole.awaited() ? whole.tokens() : 0))
                : firstByte;
        return after(wait, Mono.defer(() -> {
            wire.head(answer.status(), commonHeaders);
            wire.head(answer.status(), answer.headers());
            request.status(answer.status());
            return body;
        }));
    }

    private Mono<Void> whole(ReceivedRequest request, Answer.Whole answer, Wire wire) {
        Mono<Void> made = Mono.fromRunnable(() -> request.made(Ending.COMPLETED));
        if (answer.bytes().length < 2
                || faults.take(Fault.CutBody.class, request.path()).isEmpty()) {
            return made.then(wire.whole(answer.bytes()));
        }
        return made.then(wire.part(answer.bytes(), answer.bytes().length / 2))
                .then(end(request, StreamEnd.CLOSE, wire));
    }

    private Mono<Void> stream(
            ReceivedRequest request, Answer.Events answer, Duration firstToken, Pacer.Delays delays, Wire wire) {
        List<SseEvent> events = answer.events();
        StreamEnd end = StreamEnd.CLEAN;
        Fault.InStream fault = faults.take(Fault.InStream.class, request.path()).orElse(null);
        if (fault instanceof Fault.StreamCut cut) {
            events = first(events, cut.events());
            end = cut.end();
        } else if (fault instanceof Fault.ErrorEvent error) {
            events = first(events, error.events());
            events.add(error.in(request.path(), events.size()));
        }
        Ending how = fault == null ? Ending.COMPLETED : Ending.BROKEN;
        Runnable beforeLast = end == StreamEnd.STALL ? () -> {} : () -> request.made(how);
        return wire.pieces(paced(events, firstToken, delays, beforeLast)).then(end(request, end, wire));
    }

    /** What comes without a delay between is one piece: at full speed a whole stream is one write. */
    private static Flux<byte[]> paced(
            List<SseEvent> events, Duration faultDelay, Pacer.Delays delays, Runnable beforeLast) {
        List<Mono<byte[]>> pieces = new ArrayList<>();
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        Duration before = Duration.ZERO;
        Duration next = delays.firstToken().plus(faultDelay);
        for (SseEvent event : events) {
            if (event.token() && !next.isZero()) {
                pieces.add(after(before, Mono.just(piece.toByteArray())));
                piece.reset();
                before = next;
            }
            next = event.token() ? delays.token() : next;
            piece.writeBytes(event.bytes());
        }
        byte[] last = piece.toByteArray();
        pieces.add(after(before, Mono.fromCallable(() -> {
            beforeLast.run();
            return last;
        })));
        return Flux.concat(pieces);
    }

    private static Mono<Void> end(ReceivedRequest request, StreamEnd end, Wire wire) {
        Mono<Void> broken = Mono.fromRunnable(() -> request.end(Ending.BROKEN));
        return switch (end) {
            case CLEAN -> Mono.empty();
            case CLOSE -> broken.then(wire.close());
            case RESET -> broken.then(wire.reset());
            case STALL -> Mono.never();
        };
    }

    private static List<SseEvent> first(List<SseEvent> events, int count) {
        return new ArrayList<>(events.subList(0, Math.min(count, events.size())));
    }

    private static <T> Mono<T> after(Duration wait, Mono<T> then) {
        return wait.isZero() ? then : Mono.delay(wait).then(then);
    }
}
