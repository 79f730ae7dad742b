package io.github.regionrouter.openai;

/** What one event of a stream means for R11. */
public enum Meaning {

    /** Nothing of an answer: a role, filter results, {@code response.created}, a comment. May be held back, or dropped. */
    NOTHING_YET,

    /** Something of the answer. Once a caller has it, no other region can begin again. */
    CONTENT,

    /**
     * The answer is at its end: a {@code finish_reason}, perhaps with its last content, behind which more may come (usage,
     * another choice, {@code [DONE]}); or the last event of all, which {@link StreamFamily#isLast} tells apart.
     */
    END,

    /** The region gave up; {@link StreamFamily#error} says why. */
    ERROR
}
