package io.github.regionrouter.attempt;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * R10: until when a call must have its answer.
 *
 * @param start when the call came, in {@link io.github.regionrouter.region.Ticker} nanoseconds
 * @param length how long it may take
 */
public record Deadline(long start, Duration length) {

    /** Nothing ever runs longer: the platform cuts at 230 s. */
    public static final Duration LONGEST = Duration.ofSeconds(220);

    /** An attempt with less time than this is not worth beginning; of a short deadline, half is enough. */
    static final Duration USEFUL = Duration.ofSeconds(5);

    /** The shorter of what the settings allow and what the caller will wait for. */
    public static Deadline of(long start, Duration allowed, @Nullable Duration patience) {
        Duration length = patience == null ? allowed : shorter(allowed, patience);
        return new Deadline(start, shorter(length, LONGEST));
    }

    /** The time left; never negative. */
    public Duration left(long now) {
        Duration left = length.minusNanos(now - start);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether an attempt that begins after {@code pause} can still be useful. */
    boolean leavesTime(long now, Duration pause) {
        return !spare(now, pause).isNegative();
    }

    /** By how much {@code pause} could be longer and still leave time for a useful attempt; negative if it is too long. */
    Duration spare(long now, Duration pause) {
        return left(now).minus(pause).minus(shorter(USEFUL, length.dividedBy(2)));
    }

    /**
     * How long one attempt may take. It never eats the time of a second one when there is one: at most two thirds of what is
     * left, but at least 5 s (design §5.1).
     *
     * @param othersLeft whether another region could still be called
     * @param attemptTimeout the setting, if there is one
     */
    Duration attemptLimit(long now, boolean othersLeft, @Nullable Duration attemptTimeout) {
        Duration left = left(now);
        Duration twoThirds =
                Duration.ofNanos(left.toNanos() * 2 / 3); // Duration's own arithmetic goes through BigDecimal
        Duration limit = othersLeft ? shorter(left, longer(USEFUL, twoThirds)) : left;
        return attemptTimeout == null ? limit : shorter(limit, attemptTimeout);
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
