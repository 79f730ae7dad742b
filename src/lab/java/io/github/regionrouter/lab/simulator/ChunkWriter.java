package io.github.regionrouter.lab.simulator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chunks of a streamed completion. With {@code include_usage} every chunk has a {@code usage}, which is null but for one
 * extra chunk before {@code [DONE]}.
 */
record ChunkWriter(Completion completion, String object, boolean withUsage) {

    /** Azure's first chunk: the filter's verdict on the prompt, all else empty. */
    SseEvent opening() {
        Map<String, @Nullable Object> chunk = Json.map(
                "id",
                "",
                "object",
                "",
                "created",
                0,
                "model",
                "",
                "choices",
                List.of(),
                "prompt_filter_results",
                ContentFilter.prompt());
        return SseEvent.data(usage(chunk, null));
    }

    Map<String, @Nullable Object> chunk(Map<String, @Nullable Object> choice) {
        return usage(chunk(List.of(choice)), null);
    }

    /** The usage, if it was asked for, and {@code [DONE]}. */
    List<SseEvent> closing() {
        if (!withUsage) {
            return List.of(SseEvent.DONE);
        }
        return List.of(SseEvent.data(usage(chunk(List.of()), completion.usage())), SseEvent.DONE);
    }

    private Map<String, @Nullable Object> chunk(List<?> choices) {
        return Json.map(
                "id", completion.id(),
                "object", object,
                "created", completion.created(),
                "model", completion.model(),
                "choices", choices);
    }

    private Map<String, @Nullable Object> usage(Map<String, @Nullable Object> chunk, @Nullable Object usage) {
        if (withUsage) {
            chunk.put("usage", usage);
        }
        return chunk;
    }
}
