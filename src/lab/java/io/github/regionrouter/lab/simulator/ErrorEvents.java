package io.github.regionrouter.lab.simulator;

/** The event which says in the middle of a stream that the model is overloaded, in the shape of each family. */
final class ErrorEvents {

    private ErrorEvents() {}

    /**
     * The event for a path.
     *
     * @param name the {@code event:} line; empty for the family's own
     * @param sequence how many events went before it
     */
    static SseEvent overloaded(String path, String name, int sequence) {
        if (ErrorShape.of(path) == ErrorShape.ANTHROPIC) {
            return named(
                    name,
                    Json.map("type", "error", "error", Json.map("type", "overloaded_error", "message", "Overloaded")));
        }
        if (!path.endsWith("/responses")) {
            return new SseEvent(name, AzureError.OVERLOADED, false);
        }
        return named(
                name,
                Json.map(
                        "type",
                        "error",
                        "code",
                        "server_error",
                        "message",
                        AzureError.BUSY,
                        "param",
                        null,
                        "sequence_number",
                        sequence));
    }

    private static SseEvent named(String name, Object data) {
        return new SseEvent(name.isEmpty() ? "error" : name, Json.text(data), false);
    }
}
