package io.github.regionrouter.lab.simulator;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the faults of the control API; an {@link IllegalArgumentException} says what is wrong, and where. */
final class FaultReader {

    /** The fields of each kind beside those that every kind has. */
    static final Map<String, Set<String>> FIELDS = Map.ofEntries(
            Map.entry("status", Set.of("status", "headers", "body")),
            Map.entry("throttle", Set.of("retryAfterMs", "headers")),
            Map.entry("htmlError", Set.of("status")),
            Map.entry("reset", Set.of("when")),
            Map.entry("silence", Set.of()),
            Map.entry("slowFirstByte", Set.of("delayMs")),
            Map.entry("slowFirstToken", Set.of("delayMs")),
            Map.entry("cutStream", Set.of("events")),
            Map.entry("resetStream", Set.of("events")),
            Map.entry("endStream", Set.of("events")),
            Map.entry("stallStream", Set.of("events")),
            Map.entry("errorEvent", Set.of("events", "event", "data")),
            Map.entry("cutBody", Set.of()));

    private FaultReader() {}

    static List<Fault> read(byte[] json) {
        Object value = value(json);
        if (!(value instanceof List<?> list)) {
            throw new IllegalArgumentException(Check.message("faults", "no array", "an array of objects"));
        }
        List<Fault> faults = new ArrayList<>();
        for (Object element : list) {
            String where = "faults[" + faults.size() + "]";
            JsonObject fields = JsonObject.of(element)
                    .orElseThrow(() -> new IllegalArgumentException(Check.message(where, "no object", "an object")));
            faults.add(fault(new FaultFields(where, fields)));
        }
        return faults;
    }

    private static @Nullable Object value(byte[] json) {
        try {
            Object value = Json.read(json);
            RepeatedNames.in(json, "faults").stream().findFirst().ifPresent(problem -> {
                throw new IllegalArgumentException(problem);
            });
            return value;
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    static Fault fault(FaultFields fields) {
        String kind = fields.text("kind", "");
        Set<String> own = FIELDS.get(kind);
        if (own == null) {
            throw fields.wrong(
                    "kind", "one of " + FIELDS.keySet().stream().sorted().toList());
        }
        fields.checkNames(own);
        Fault fault = fault(kind, fields);
        if (fields.has("times")) {
            fault = fault.times(fields.integer("times", 1, 1, 1_000_000));
        }
        if (fields.has("forMs") && fields.integer("forMs", 1, 0, Integer.MAX_VALUE) == 0) {
            throw fields.wrong("forMs", "more than 0");
        }
        if (fields.has("atMs") || fields.has("forMs")) {
            fault = fault.during(fields.millis("atMs", Duration.ZERO), fields.millis("forMs", Fault.Limited.FOR_EVER));
        }
        return fields.has("path") ? fault.onPath(fields.text("path", "")) : fault;
    }

    private static Fault fault(String kind, FaultFields fields) {
        return switch (kind) {
            case "status" -> status(fields);
            case "throttle" -> throttle(fields);
            case "htmlError" -> Fault.htmlError(fields.status(500));
            case "reset" -> reset(fields);
            case "silence" -> Fault.silence();
            case "slowFirstByte" -> Fault.slowFirstByte(fields.millis("delayMs"));
            case "slowFirstToken" -> Fault.slowFirstToken(fields.millis("delayMs"));
            case "cutStream" -> Fault.cutStream(fields.events());
            case "resetStream" -> Fault.resetStream(fields.events());
            case "endStream" -> Fault.endStream(fields.events());
            case "stallStream" -> Fault.stallStream(fields.events());
            case "errorEvent" ->
                new Fault.ErrorEvent(
                        fields.events(), fields.text("event", ""), fields.has("data") ? fields.json("data", "") : null);
            default -> Fault.cutBody();
        };
    }

    private static Fault throttle(FaultFields fields) {
        if (!fields.has("headers")) {
            return Fault.throttle(fields.millis("retryAfterMs"));
        }
        if (fields.has("retryAfterMs")) {
            throw fields.wrong("headers", "none beside retryAfterMs");
        }
        return Fault.throttle(fields.texts("headers"));
    }

    private static Fault status(FaultFields fields) {
        int status = fields.status(0);
        Map<String, String> headers = fields.texts("headers");
        String usual = status == 429 ? AzureError.tryAgain(headers) : AzureError.bodyOf(status);
        return Fault.status(status, headers, fields.json("body", usual));
    }

    private static Fault reset(FaultFields fields) {
        return switch (fields.text("when", "request")) {
            case "head" -> Fault.resetAtOnce();
            case "request" -> Fault.resetAfterRequest();
            default -> throw fields.wrong("when", "head or request");
        };
    }
}
