package io.github.regionrouter.lab.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The text in a prompt of any shape: a string, tokens, messages or items with content, in lists and lists of parts.
 *
 * @param numbers how many tokens are there as numbers
 * @param last the newest message
 */
record PromptText(List<String> texts, long numbers, String last) {

    static final int CHARACTERS_PER_TOKEN = 4;

    static PromptText of(@Nullable Object prompt) {
        List<String> texts = new ArrayList<>();
        long numbers = collect(prompt, texts);
        return new PromptText(texts, numbers, texts.isEmpty() ? "" : texts.get(texts.size() - 1));
    }

    /** This with something in front of it; the newest message stays. */
    PromptText after(PromptText beginning) {
        List<String> all = new ArrayList<>(beginning.texts);
        all.addAll(texts);
        return new PromptText(all, beginning.numbers + numbers, last);
    }

    /** A quarter of the characters, rounded up, and one for each token which is there as a number. */
    long tokens() {
        long characters = texts.stream().mapToLong(String::length).sum();
        return numbers + (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    boolean hasAny(Set<String> words) {
        return words.stream().anyMatch(word -> texts.stream().anyMatch(text -> text.contains(word)));
    }

    private static long collect(@Nullable Object value, List<String> texts) {
        if (value instanceof Number) {
            return 1;
        }
        long numbers = 0;
        if (value instanceof String text) {
            texts.add(text);
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                numbers += collect(element, texts);
            }
        } else if (value instanceof Map<?, ?> map) {
            numbers += collect(map.get("content"), texts)
                    + collect(map.get("text"), texts)
                    + collect(map.get("output"), texts);
        }
        return numbers;
    }
}
