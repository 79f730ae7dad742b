package io.github.regionrouter.lab.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text which a region makes up for a prompt: its name, then the words of the newest message over and over.
 *
 * @param promptTokens an estimate, a quarter of the characters
 * @param cachedTokens how many of them the deployment remembered
 * @param tokens each with the space in front of it
 * @param end why there are no more
 */
record Generation(long promptTokens, long cachedTokens, List<String> tokens, End end) {

    /** Why a text ends. */
    enum End {
        NATURAL,
        /** The content filter cut it off. */
        FILTERED,
        /** The caller's limit cut it off. */
        LIMIT
    }

    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** How many tokens an answer has at most, and what is charged when a call sets no limit. */
    static final int USUAL_TOKENS = 16;

    /** Makes up the text for a call that was admitted. */
    static Generation of(Call call) {
        PromptText prompt = call.demand().prompt();
        long limit = Math.max(1, Math.min(call.demand().answerTokens(), USUAL_TOKENS));
        boolean filtered = call.config().filter().stopsAnswer(prompt);
        long count = filtered ? (limit + 1) / 2 : limit;
        End end = filtered ? End.FILTERED : limit < USUAL_TOKENS ? End.LIMIT : End.NATURAL;
        return new Generation(prompt.tokens(), call.cachedTokens(), words(call.region(), prompt.last(), count), end);
    }

    /** What is made for the same prompt in place of text. */
    Generation instead(List<String> others) {
        return new Generation(promptTokens, cachedTokens, others, End.NATURAL);
    }

    boolean filtered() {
        return end == End.FILTERED;
    }

    String text() {
        return String.join("", tokens);
    }

    int size() {
        return tokens.size();
    }

    private static List<String> words(String region, String prompt, long count) {
        String echoed = prompt.length() > 1_000 ? prompt.substring(0, 1_000) : prompt;
        String[] echo = SPACE.split(echoed.isBlank() ? "nothing" : echoed.strip(), -1);
        List<String> words = new ArrayList<>(List.of(region, " echoes:"));
        for (int i = 0; words.size() < count; i++) {
            words.add(" " + echo[i % echo.length]);
        }
        return List.copyOf(words.subList(0, (int) count));
    }
}
