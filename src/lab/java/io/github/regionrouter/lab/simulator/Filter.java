package io.github.regionrouter.lab.simulator;

import java.util.Set;

/**
 * What the content filter of a region stops; immutable. Words are found anywhere in a prompt, in their exact case.
 *
 * @param prompts a prompt with one of these is refused with 400, and billed
 * @param answers a prompt with one of these has an answer that is cut off halfway, as {@code content_filter}
 */
public record Filter(Set<String> prompts, Set<String> answers) {

    /** Two marks that nobody writes by chance. */
    public static final Filter MARKS = new Filter(Set.of("[[filter prompt]]"), Set.of("[[filter answer]]"));

    /** Checks that no word is blank. */
    public Filter {
        prompts = Set.copyOf(prompts);
        answers = Set.copyOf(answers);
        Check.that(prompts.stream().noneMatch(String::isBlank), "prompts", prompts, "no blank word");
        Check.that(answers.stream().noneMatch(String::isBlank), "answers", answers, "no blank word");
    }

    boolean stopsPrompt(PromptText prompt) {
        return prompt.hasAny(prompts);
    }

    boolean stopsAnswer(PromptText prompt) {
        return prompt.hasAny(answers);
    }
}
