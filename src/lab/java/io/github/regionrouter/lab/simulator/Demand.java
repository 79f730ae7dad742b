package io.github.regionrouter.lab.simulator;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks a deployment to do.
 *
 * @param prompt the text to be read
 * @param answerTokens how many tokens the answer may have: what the caller set, or {@link Generation#USUAL_TOKENS}
 * @param cacheKey of two prompts with one beginning, only those with one key find each other in the cache
 */
record Demand(PromptText prompt, long answerTokens, int cacheKey) {

    /** Of a call which is counted, but not in tokens. */
    static final Demand NONE = new Demand(PromptText.of(null), 0, 0);

    /**
     * Of a call with JSON. The service puts tools and instructions in front of the conversation.
     *
     * @param conversation a text, messages or items
     * @param limits fields of the body which limit the tokens of the answer; the first present one counts
     */
    static Demand of(JsonObject body, PromptText conversation, String... limits) {
        return new Demand(
                conversation.after(beginning(body)),
                limit(body, limits),
                Objects.hashCode(body.value("prompt_cache_key")));
    }

    /** Of a call whose answer has no tokens. */
    static Demand reading(@Nullable Object prompt) {
        return new Demand(PromptText.of(prompt), 0, 0);
    }

    /** This without an answer. */
    Demand reading() {
        return new Demand(prompt, 0, cacheKey);
    }

    /** The prompt and all that the answer may have. */
    long tokens() {
        return prompt.tokens() + answerTokens;
    }

    private static long limit(JsonObject body, String... limits) {
        for (String name : limits) {
            OptionalLong limit = body.integer(name);
            if (limit.isPresent()) {
                return Math.max(0, limit.getAsLong());
            }
        }
        return Generation.USUAL_TOKENS;
    }

    /** A tool is read as the JSON that it is. */
    private static PromptText beginning(JsonObject body) {
        List<String> tools = body.list("tools").stream().map(Json::text).toList();
        return PromptText.of(List.of(tools, body.list("instructions")));
    }
}
