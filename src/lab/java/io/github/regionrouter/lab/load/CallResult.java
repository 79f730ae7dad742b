package io.github.regionrouter.lab.load;

import org.jspecify.annotations.Nullable;

/**
 * One call that has ended.
 *
 * @param head null if no answer began
 * @param detail the first words of a failure, for people; null if it was served
 */
record CallResult(
        Call call,
        CallTimes times,
        Status status,
        @Nullable AnswerHead head,
        Tokens tokens,
        @Nullable String detail) {

    boolean served() {
        return status.kind() == Status.Kind.SERVED;
    }
}
