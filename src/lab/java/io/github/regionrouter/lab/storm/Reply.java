package io.github.regionrouter.lab.storm;

/** What a region says to an attempt. */
sealed interface Reply {

    record Admitted() implements Reply {}

    /** 429. @param retryAfter nanoseconds, as in {@code retry-after-ms} */
    record Throttled(long retryAfter) implements Reply {}

    /** 503 of a region that is lost. */
    record Unavailable() implements Reply {}
}
