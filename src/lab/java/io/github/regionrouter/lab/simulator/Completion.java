package io.github.regionrouter.lab.simulator;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the answers of {@code chat/completions} and {@code completions} have in common.
 *
 * @param created seconds since 1970
 */
record Completion(String id, long created, String model, Generation generation) {

    static Completion of(String prefix, String model, Generation generation) {
        long now = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
        return new Completion(Ids.of(prefix), now, model, generation);
    }

    Map<String, @Nullable Object> whole(String object, Map<String, @Nullable Object> choice) {
        return Json.map(
                "id", id,
                "object", object,
                "created", created,
                "model", model,
                "prompt_filter_results", ContentFilter.prompt(),
                "choices", List.of(choice),
                "usage", usage());
    }

    /** Why text ends. */
    String finish() {
        return switch (generation.end()) {
            case FILTERED -> "content_filter";
            case LIMIT -> "length";
            case NATURAL -> "stop";
        };
    }

    Map<String, @Nullable Object> usage() {
        return Json.map(
                "prompt_tokens",
                generation.promptTokens(),
                "completion_tokens",
                generation.size(),
                "total_tokens",
                generation.promptTokens() + generation.size(),
                "prompt_tokens_details",
                Json.map("audio_tokens", 0, "cached_tokens", generation.cachedTokens()));
    }
}
