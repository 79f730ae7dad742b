package io.github.regionrouter.lab.simulator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results of Azure's content filter. */
final class ContentFilter {

    private ContentFilter() {}

    /** For text that was filtered, as violence, or not. */
    static Map<String, @Nullable Object> of(boolean filtered) {
        Map<String, @Nullable Object> results = safe();
        if (filtered) {
            results.put("violence", Json.map("filtered", true, "severity", "high"));
        }
        return results;
    }

    /** For harmless text. */
    static Map<String, @Nullable Object> safe() {
        Map<String, @Nullable Object> results = Json.map();
        for (String category : List.of("hate", "self_harm", "sexual", "violence")) {
            results.put(category, Json.map("filtered", false, "severity", "safe"));
        }
        return results;
    }

    /** The value of {@code prompt_filter_results}. */
    static List<Object> prompt() {
        return List.of(Json.map("prompt_index", 0, "content_filter_results", safe()));
    }
}
