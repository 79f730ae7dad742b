package io.github.regionrouter.lab.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The text which a region makes up for a prompt: its name, then the words of the newest message over and over.
 *
 * @param promptTokens an estimate, a quarter of the characters
 * @param tokens each with the space in front of it
 */
record Generation(long promptTokens, List<String> tokens) {

    /** How many tokens an answer has at most, and what is charged when a call sets no limit. */
    static final int USUAL_TOKENS = 16;

    /**
     * Makes up the text.
     *
     * @param limits fields of the body which limit the tokens of the answer; the first present one counts
     */
    static Generation of(Call call, @Nullable Object prompt, String... limits) {
        PromptText text = PromptText.of(prompt);
        long limit = Math.max(1, Math.min(limit(call, limits), USUAL_TOKENS));
        return new Generation(text.tokens(), words(call.region(), text.last(), limit));
    }

    /** What a call charges to the quota: the prompt and the limit it sets to the answer. */
    static long estimate(Call call, @Nullable Object prompt, String... limits) {
        return PromptText.of(prompt).tokens() + limit(call, limits);
    }

    /** What is made for the same prompt in place of text. */
    Generation instead(List<String> others) {
        return new Generation(promptTokens, others);
    }

    String text() {
        return String.join("", tokens);
    }

    int size() {
        return tokens.size();
    }

    private static long limit(Call call, String... limits) {
        for (String name : limits) {
            OptionalLong limit = call.json().integer(name);
            if (limit.isPresent()) {
                return Math.max(0, limit.getAsLong());
            }
        }
        return USUAL_TOKENS;
    }

    private static List<String> words(String region, String prompt, long count) {
        String echoed = prompt.length() > 1_000 ? prompt.substring(0, 1_000) : prompt;
        String[] echo = (echoed.isBlank() ? "nothing" : echoed.strip()).split("\\s+", -1);
        List<String> words = new ArrayList<>(List.of(region, " echoes:"));
        for (int i = 0; words.size() < count; i++) {
            words.add(" " + echo[i % echo.length]);
        }
        return List.copyOf(words.subList(0, (int) count));
    }
}
