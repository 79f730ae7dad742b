package io.github.regionrouter.lab.simulator;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results of Azure's content filter. */
final class ContentFilter {

    private static final Map<String, @Nullable Object> SAFE = results(false);
    private static final Map<String, @Nullable Object> FILTERED = results(true);
    private static final List<Object> PROMPT = List.of(Json.map("prompt_index", 0, "content_filter_results", SAFE));

    private ContentFilter() {}

    /** For text that was filtered, as violence, or not. */
    static Map<String, @Nullable Object> of(boolean filtered) {
        return filtered ? FILTERED : SAFE;
    }

    /** The value of {@code prompt_filter_results} for a harmless prompt. */
    static List<Object> prompt() {
        return PROMPT;
    }

    private static Map<String, @Nullable Object> results(boolean violent) {
        Map<String, @Nullable Object> results = Json.map();
        for (String category : List.of("hate", "self_harm", "sexual")) {
            results.put(category, Json.map("filtered", false, "severity", "safe"));
        }
        results.put("violence", Json.map("filtered", violent, "severity", violent ? "high" : "safe"));
        return Collections.unmodifiableMap(results);
    }
}
