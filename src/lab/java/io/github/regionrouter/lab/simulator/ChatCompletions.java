package io.github.regionrouter.lab.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code chat/completions}, whole or as a stream. */
final class ChatCompletions implements Operation {

    private static final String[] LIMITS = {"max_completion_tokens", "max_tokens"};

    private final FileReferences files;

    ChatCompletions(FileReferences files) {
        this.files = files;
    }

    @Override
    public String name() {
        return "ChatCompletions_Create";
    }

    @Override
    public Demand demand(Call call) {
        return Demand.of(call.json(), PromptText.of(call.json().value("messages")), LIMITS);
    }

    @Override
    public Answer answer(Call call) {
        JsonObject body = call.json();
        BodyCheck.list(body, "messages");
        BodyCheck.usual(body, LIMITS);
        files.check(body.value("messages"));
        Generation text = Generation.of(call);
        Optional<ToolCall> wish = ToolCall.of(body, "messages");
        Generation generation = wish.map(ToolCall::pieces).map(text::instead).orElse(text);
        Completion completion = Completion.of("chatcmpl-", call.deployment(), generation);
        ChatMessage message = wish.<ChatMessage>map(ChatMessage.Wish::new)
                .orElseGet(() -> new ChatMessage.Text(generation.text(), completion.finish()));
        if (!body.isTrue("stream")) {
            return Answer.generated(whole(completion, message), generation.size());
        }
        boolean withUsage = body.object("stream_options").isTrue("include_usage");
        return Answer.events(stream(completion, message, withUsage));
    }

    private static Map<String, @Nullable Object> whole(Completion completion, ChatMessage message) {
        Map<String, @Nullable Object> choice = Json.map(
                "index",
                0,
                "message",
                message.whole(),
                "logprobs",
                null,
                "finish_reason",
                message.finish(),
                "content_filter_results",
                ContentFilter.of(completion.generation().filtered()));
        return completion.whole("chat.completion", choice);
    }

    private static List<SseEvent> stream(Completion completion, ChatMessage message, boolean withUsage) {
        ChunkWriter chunks = new ChunkWriter(completion, "chat.completion.chunk", withUsage);
        List<SseEvent> events = new ArrayList<>();
        events.add(chunks.opening());
        events.add(SseEvent.data(chunks.chunk(choice(message.opening(), null))));
        for (String token : completion.generation().tokens()) {
            events.add(SseEvent.token(chunks.chunk(choice(message.delta(token), null))));
        }
        events.add(SseEvent.data(chunks.chunk(choice(Json.map(), message.finish()))));
        events.addAll(chunks.closing());
        return events;
    }

    private static Map<String, @Nullable Object> choice(Map<String, @Nullable Object> delta, @Nullable String finish) {
        return Json.map("index", 0, "delta", delta, "logprobs", null, "finish_reason", finish);
    }
}
