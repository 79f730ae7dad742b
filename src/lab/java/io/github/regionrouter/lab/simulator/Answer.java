package io.github.regionrouter.lab.simulator;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a region says to a request, before pace and faults. */
sealed interface Answer {

    int status();

    Map<String, String> headers();

    /** How many tokens were made up for it. */
    int tokens();

    Answer withHeaders(Map<String, String> headers);

    /** JSON which takes no time to make. */
    static Answer json(int status, Object value) {
        return text(status, Json.text(value));
    }

    static Answer text(int status, String json) {
        return new Whole(status, Map.of("content-type", "application/json"), json.getBytes(StandardCharsets.UTF_8), 0);
    }

    /** JSON which takes the time of so many tokens. */
    static Answer generated(Object value, int tokens) {
        return new Whole(200, Map.of("content-type", "application/json"), Json.bytes(value), tokens);
    }

    /** JSON now, and so many tokens that are made after it. */
    static Answer beforehand(Object value, int tokens) {
        return new Whole(200, Map.of("content-type", "application/json"), Json.bytes(value), tokens, false);
    }

    static Answer events(List<SseEvent> events) {
        return new Events(Map.of("content-type", "text/event-stream; charset=utf-8"), events);
    }

    private static Map<String, String> merged(Map<String, String> first, Map<String, String> then) {
        Map<String, String> all = new LinkedHashMap<>(first);
        all.putAll(then);
        return all;
    }

    /**
     * A body of known length.
     *
     * @param awaited whether the tokens are made before it is sent
     */
    record Whole(int status, Map<String, String> headers, byte[] bytes, int tokens, boolean awaited) implements Answer {
        Whole(int status, Map<String, String> headers, byte[] bytes, int tokens) {
            this(status, headers, bytes, tokens, true);
        }

        @Override
        public Answer withHeaders(Map<String, String> more) {
            return new Whole(status, merged(headers, more), bytes, tokens, awaited);
        }
    }

    /** A stream of server-sent events. */
    record Events(Map<String, String> headers, List<SseEvent> events) implements Answer {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public int tokens() {
            return (int) events.stream().filter(event -> event.token()).count();
        }

        @Override
        public Answer withHeaders(Map<String, String> more) {
            return new Events(merged(headers, more), events);
        }
    }
}
