package io.github.regionrouter.lab.simulator;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Takes the requests of one region from the server: logs them, lets faults happen, has the service answer the rest. */
final class Exchanges {

    private static final int LARGE = 64 * 1024;

    private final String region;
    private final RegionService service;
    private final AnswerWriter writer;
    private final Faults faults;
    private final RequestLog log;
    private final ControlApi control;
    private final BooleanSupplier closing;

    Exchanges(RegionConfig config, Faults faults, RequestLog log, BooleanSupplier closing) {
        region = config.name();
        service = new RegionService(config, Routes.all(config.clock()));
        writer = new AnswerWriter(config, faults);
        this.faults = faults;
        this.log = log;
        control = new ControlApi(faults, log, config.clock());
        this.closing = closing;
    }

    Mono<Void> handle(HttpServerRequest incoming, HttpServerResponse outgoing) {
        ReceivedRequest request =
                new ReceivedRequest(incoming.method().name(), incoming.uri(), headers(incoming), System.nanoTime());
        Wire wire = new Wire(outgoing);
        return ControlApi.isFor(request) ? control(incoming, request, wire) : exchange(incoming, request, wire);
    }

    private Mono<Void> control(HttpServerRequest incoming, ReceivedRequest request, Wire wire) {
        return body(incoming, request).publishOn(Schedulers.parallel()).flatMap(body -> {
            Answer.Whole answer = control.answer(request);
            wire.head(answer.status(), answer.headers());
            return wire.whole(answer.bytes());
        });
    }

    private Mono<Void> exchange(HttpServerRequest incoming, ReceivedRequest request, Wire wire) {
        log.add(request);
        Runnable forget = wire.onClose(() -> request.end(closing.getAsBoolean() ? Ending.BROKEN : Ending.CANCELLED));
        Optional<Fault.Instead> instead = faults.take(Fault.Instead.class, request.path());
        if (instead.isPresent() && instead.get() instanceof Fault.Reset reset && !reset.afterRequest()) {
            return reset(request, wire);
        }
        return body(incoming, request)
                .flatMap(body -> answer(request, body.length, instead.orElse(null), wire))
                .doOnSuccess(written -> {
                    request.end(Ending.COMPLETED);
                    // A connection lives longer than a request; it must not keep all its bodies.
                    forget.run();
                });
    }

    /** Reading and making JSON of many megabytes is nothing for an event loop; to pass a small body on would cost more. */
    private Mono<Void> answer(ReceivedRequest request, int length, Fault.@Nullable Instead instead, Wire wire) {
        Mono<Void> answer = Mono.defer(() -> answer(request, instead, wire));
        return length < LARGE ? answer : answer.subscribeOn(Schedulers.parallel());
    }

    private Mono<Void> answer(ReceivedRequest request, Fault.@Nullable Instead instead, Wire wire) {
        if (instead instanceof Fault.Reset) {
            return reset(request, wire);
        }
        if (instead instanceof Fault.Silence) {
            return Mono.never();
        }
        Answer answer = instead instanceof StatusFault fault ? fault.answer() : serve(request);
        return writer.write(request, CommonHeaders.of(region, request), answer, wire);
    }

    /** A defect of the simulator must not look like one of the router: it is answered in words of its own. */
    private Answer serve(ReceivedRequest request) {
        try {
            return service.answer(request);
        } catch (RuntimeException e) {
            return Answer.text(500, AzureError.azure("simulator_defect", e.toString()));
        }
    }

    private static Mono<Void> reset(ReceivedRequest request, Wire wire) {
        return Mono.defer(() -> {
            request.end(Ending.BROKEN);
            return wire.reset();
        });
    }

    private static Mono<byte[]> body(HttpServerRequest incoming, ReceivedRequest request) {
        return incoming.receive()
                .asByteArray()
                .reduceWith(ByteArrayOutputStream::new, (all, piece) -> {
                    all.writeBytes(piece);
                    return all;
                })
                .map(ByteArrayOutputStream::toByteArray)
                .doOnNext(request::body);
    }

    private static Map<String, List<String>> headers(HttpServerRequest incoming) {
        Map<String, List<String>> headers = new HashMap<>();
        incoming.requestHeaders()
                .forEach(header -> headers.computeIfAbsent(
                                header.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(header.getValue()));
        headers.replaceAll((name, values) -> List.copyOf(values));
        return Map.copyOf(headers);
    }
}
