package io.github.regionrouter.attempt;

import java.util.Locale;

/** What the router did after an attempt: a closed vocabulary, the same in headers, logs and docs (design §1). */
public enum Decision {
    /** The answer goes to the caller. */
    RETURN,
    /** Another region is called, at once. */
    NEXT_REGION,
    /** The same region is called once more. */
    SAME_REGION,
    /** Every region is left alone; the router waits for the soonest. */
    WAIT,
    /** No region is left to call, and waiting would take too long. */
    EXHAUSTED,
    /** The deadline leaves no time for another attempt. */
    OUT_OF_TIME,
    /** The call may have been carried out and must not be sent twice. */
    FAIL_FAST;

    /** As it stands in {@code x-router-attempts} and in the logs. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
