package io.github.regionrouter.lab.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The control calls of a region, under {@code /_simulator/} on its own port. They are not logged and meet no faults. */
final class ControlApi {

    static final String PREFIX = "/_simulator/";

    private final Faults faults;
    private final RequestLog log;
    private final LongSupplier clock;

    ControlApi(Faults faults, RequestLog log, LongSupplier clock) {
        this.faults = faults;
        this.log = log;
        this.clock = clock;
    }

    static boolean isFor(ReceivedRequest request) {
        return request.path().startsWith(PREFIX);
    }

    Answer.Whole answer(ReceivedRequest request) {
        String call = request.method() + " " + request.path().substring(PREFIX.length());
        return switch (call) {
            case "GET log" -> json(200, log());
            case "DELETE log" -> {
                log.clear();
                yield nothing();
            }
            case "PUT faults" -> replaceFaults(request.content());
            case "DELETE faults" -> {
                faults.clear();
                yield nothing();
            }
            case "POST clock" -> ClockControl.answer(clock, request.content());
            case "GET image.png" -> new Answer.Whole(200, Map.of("content-type", "image/png"), Pixel.png(), 0);
            default ->
                error(404, Check.message("call", call, "GET log, DELETE log, PUT faults, DELETE faults or POST clock"));
        };
    }

    private Answer.Whole replaceFaults(byte[] json) {
        try {
            List<Fault> all = FaultReader.read(json);
            faults.replace(all);
            return json(200, Json.map("faults", all.size()));
        } catch (IllegalArgumentException e) {
            return error(400, String.valueOf(e.getMessage()));
        }
    }

    private List<Object> log() {
        List<Object> entries = new ArrayList<>();
        for (ReceivedRequest request : log.snapshot()) {
            entries.add(Json.map(
                    "method", request.method(),
                    "uri", request.uri(),
                    "headers", request.headers(),
                    "body", request.bodyText(),
                    "status", request.status(),
                    "cancelled", request.cancelled(),
                    "completed", request.completed()));
        }
        return entries;
    }

    static Answer.Whole error(int status, String message) {
        return json(status, Json.map("error", Json.map("code", String.valueOf(status), "message", message)));
    }

    static Answer.Whole json(int status, Object value) {
        return new Answer.Whole(status, Map.of("content-type", "application/json"), Json.bytes(value), 0);
    }

    private static Answer.Whole nothing() {
        return new Answer.Whole(204, Map.of(), new byte[0], 0);
    }
}
