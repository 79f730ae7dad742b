package io.github.regionrouter.lab.load;

/**
 * What a call came to.
 *
 * @param word its HTTP status, or what happened in place of one
 */
record Status(String word, Kind kind) {

    static final Status SERVED = new Status("200", Kind.SERVED);
    static final Status THROTTLED = new Status("429", Kind.THROTTLED);

    /** The service said 200, and then in the stream what would have been a 429. */
    static final Status THROTTLED_IN_STREAM = new Status("429 in stream", Kind.THROTTLED);

    static final Status ERROR_IN_STREAM = failed("error in stream");

    /** A stream that ended before its end, however cleanly. */
    static final Status CUT_STREAM = failed("cut stream");

    /** Any other answer that ended before its end. */
    static final Status CUT_ANSWER = failed("cut answer");

    /** 200, but no chat completion: a login page, another service. */
    static final Status NO_COMPLETION = failed("200 no completion");

    /** Something came, but no answer of HTTP/1.1. */
    static final Status NOT_HTTP = failed("not HTTP");

    static final Status CONNECT_ERROR = failed("connect error");
    static final Status TIMEOUT = failed("timeout");

    /** The connection ended before any answer. */
    static final Status RESET = failed("connection reset");

    /** Under way when somebody stopped the run; its time is how long by then, the least that it would have taken. */
    static final Status GIVEN_UP = new Status("given up", Kind.GIVEN_UP);

    /** Due, but waiting for room until no call might set out any more; its time is how long it had waited. */
    static final Status NOT_STARTED = new Status("never set out", Kind.NOT_STARTED);

    /** What a summary distinguishes. */
    enum Kind {
        SERVED,
        THROTTLED,
        FAILED,
        GIVEN_UP,
        NOT_STARTED
    }

    /** Redirects are never followed, so they are failures as any other. */
    static Status of(int http) {
        return http == 200 ? SERVED : http == 429 ? THROTTLED : failed(Integer.toString(http));
    }

    private static Status failed(String word) {
        return new Status(word, Kind.FAILED);
    }
}
