package io.github.regionrouter.openai;

import java.io.Serial;

/** A call that the router answers itself, with an error, because it cannot or may not be routed. */
public final class RefusedCall extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient OpenAiError error;

    public RefusedCall(OpenAiError error) {
        super(error.code(), null, false, false); // no stack trace: this is an answer, not a fault
        this.error = error;
    }

    /** What the caller is told. */
    public OpenAiError error() {
        return error;
    }
}
