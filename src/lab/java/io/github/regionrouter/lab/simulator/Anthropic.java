package io.github.regionrouter.lab.simulator;

import java.util.List;

/** {@code /anthropic/v1/messages}, whole or as a stream, and {@code count_tokens}: text alone, no tools. */
final class Anthropic implements Operation {

    private static final String LIMIT = "max_tokens";

    private final boolean counts;

    private Anthropic(boolean counts) {
        this.counts = counts;
    }

    static Operation messages() {
        return new Anthropic(false);
    }

    static Operation countTokens() {
        return new Anthropic(true);
    }

    @Override
    public String name() {
        return counts ? "Messages_CountTokens" : "Messages_Create";
    }

    @Override
    public Demand demand(Call call) {
        JsonObject body = call.json();
        Demand demand = Demand.of(body, PromptText.of(List.of(body.list("system"), body.list("messages"))), LIMIT);
        return counts ? demand.reading() : demand;
    }

    @Override
    public Answer answer(Call call) {
        JsonObject body = call.json();
        if (call.request().header("anthropic-version") == null) {
            throw Refusal.badRequest("anthropic-version: header is required", null);
        }
        if (!(body.value("messages") instanceof List<?> messages)) {
            throw Refusal.badRequest("messages: Field required", null);
        }
        if (messages.isEmpty()) {
            throw Refusal.badRequest("messages: at least one message is required", null);
        }
        if (counts) {
            return Answer.json(200, Json.map("input_tokens", call.demand().tokens()));
        }
        BodyCheck.usual(body, LIMIT);
        if (!body.has(LIMIT)) {
            throw Refusal.badRequest("max_tokens: Field required", null);
        }
        AnthropicMessage message = AnthropicMessage.of(call);
        return body.isTrue("stream")
                ? Answer.events(message.events())
                : Answer.generated(message.whole(), message.generation().size());
    }
}
