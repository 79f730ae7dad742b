package io.github.regionrouter.lab.simulator;

import org.jspecify.annotations.Nullable;

/** Ends the work on a request early, with an answer. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    Refusal(Answer answer) {
        super("answered early", null, false, false);
        this.answer = answer;
    }

    static Refusal of(int status, String json) {
        return new Refusal(Answer.text(status, json));
    }

    /** 400 of the kind that no other region would answer differently. */
    static Refusal badRequest(String message, @Nullable String parameter) {
        return of(400, AzureError.openAi(message, "invalid_request_error", parameter, null));
    }

    Answer answer() {
        return answer;
    }
}
