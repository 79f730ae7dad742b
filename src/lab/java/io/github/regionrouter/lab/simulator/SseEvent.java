package io.github.regionrouter.lab.simulator;

import java.nio.charset.StandardCharsets;

/**
 * One server-sent event.
 *
 * @param name the {@code event:} line; empty for none
 * @param data the {@code data:} line
 * @param token whether the event carries a token, and so is paced
 */
record SseEvent(String name, String data, boolean token) {

    static final SseEvent DONE = new SseEvent("", "[DONE]", false);

    static SseEvent data(Object json) {
        return new SseEvent("", Json.text(json), false);
    }

    static SseEvent token(Object json) {
        return new SseEvent("", Json.text(json), true);
    }

    byte[] bytes() {
        String head = name.isEmpty() ? "" : "event: " + name + "\n";
        return (head + "data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
