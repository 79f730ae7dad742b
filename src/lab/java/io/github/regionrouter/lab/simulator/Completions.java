package io.github.regionrouter.lab.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code completions}, whole or as a stream. */
final class Completions implements Operation {

    private static final String OBJECT = "text_completion";

    @Override
    public String name() {
        return "Completions_Create";
    }

    @Override
    public Demand demand(Call call) {
        return Demand.of(call.json(), PromptText.of(call.json().value("prompt")), "max_tokens");
    }

    @Override
    public Answer answer(Call call) {
        JsonObject body = call.json();
        BodyCheck.usual(body, "max_tokens");
        Generation generation = Generation.of(call);
        Completion completion = Completion.of("cmpl-", call.deployment(), generation);
        if (!body.isTrue("stream")) {
            return Answer.generated(
                    completion.whole(OBJECT, choice(generation.text(), completion.finish())), generation.size());
        }
        boolean withUsage = body.object("stream_options").isTrue("include_usage");
        return Answer.events(stream(completion, withUsage));
    }

    private static List<SseEvent> stream(Completion completion, boolean withUsage) {
        ChunkWriter chunks = new ChunkWriter(completion, OBJECT, withUsage);
        List<SseEvent> events = new ArrayList<>();
        events.add(chunks.opening());
        for (String token : completion.generation().tokens()) {
            events.add(SseEvent.token(chunks.chunk(choice(token, null))));
        }
        events.add(SseEvent.data(chunks.chunk(choice("", completion.finish()))));
        events.addAll(chunks.closing());
        return events;
    }

    private static Map<String, @Nullable Object> choice(String text, @Nullable String finish) {
        return Json.map("text", text, "index", 0, "logprobs", null, "finish_reason", finish);
    }
}
