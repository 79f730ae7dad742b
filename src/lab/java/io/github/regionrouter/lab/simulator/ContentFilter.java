package io.github.regionrouter.lab.simulator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results of Azure's content filter for harmless text. */
final class ContentFilter {

    private ContentFilter() {}

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
