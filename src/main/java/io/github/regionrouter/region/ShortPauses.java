package io.github.regionrouter.region;

import io.github.regionrouter.region.RegionHealth.Closed;
import io.github.regionrouter.region.RegionHealth.Gate;
import io.github.regionrouter.region.RegionHealth.Held;
import io.github.regionrouter.region.RegionHealth.Open;
import java.time.Duration;

/**
 * What a region's short pauses teach: for how long the first call after one keeps the others away (R4).
 *
 * <p>A region that asks for a second or less again and again counts its quota over a second, or drains it all the time as
 * provisioned throughput does. A completion outlasts such a pause many times, so that waiting for it would cost more than it
 * saves. Over a second there is a whole quota to be had when the pause is over, and others may follow at once; where
 * it drains there is room for a few calls, and whoever follows at once is refused. The two are told apart by how
 * soon the region refuses again: within a quarter of a second, and the first call goes alone for twice as long the next time;
 * later than that, for a quarter less. docs/storm.md has what it comes to.
 *
 * @param inARow how many there were, none of them more than a minute after the one before
 * @param last when the last one began, in {@link Ticker} nanoseconds
 * @param care for how long the first call after the last one goes alone, once there were enough to learn from
 */
record ShortPauses(int inARow, long last, Duration care) {

    static final Duration LONGEST = Duration.ofSeconds(1);

    /** So many make a habit; up to then R4 holds as it stands. */
    static final int HABIT = 3;

    static final Duration MOST_CARE = Duration.ofMillis(500);

    /** A refusal takes about as long to come back, so that less is none. */
    static final Duration LEAST_CARE = Duration.ofMillis(60);

    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private static final Duration SOON = Duration.ofMillis(250);

    static final ShortPauses NONE = new ShortPauses(0, 0, MOST_CARE);

    /**
     * As it is when the region, whose gate stood so, asks for another pause.
     *
     * @param old whether it asks so of a call from before the last pause, which makes it no further one
     */
    ShortPauses before(Duration pause, boolean old, Gate gate, long now) {
        if (pause.compareTo(LONGEST) > 0) {
            return NONE;
        }
        if (old) {
            return this;
        }
        if (!areRecent(now)) {
            return new ShortPauses(1, now, MOST_CARE);
        }
        if (gate instanceof Closed) {
            return this; // one more refusal of the same pause
        }
        return new ShortPauses(inARow + 1, now, inARow < HABIT ? care : careAfter(gate, now));
    }

    private Duration careAfter(Gate gate, long now) {
        if (now - openSince(gate, now) >= SOON.toNanos()) {
            Duration less = care.minus(care.dividedBy(4));
            return less.compareTo(LEAST_CARE) < 0 ? Duration.ZERO : less;
        }
        Duration more = care.isZero() ? LEAST_CARE : care.multipliedBy(2);
        return more.compareTo(MOST_CARE) > 0 ? MOST_CARE : more;
    }

    /** Since when the others may follow the first call. */
    private static long openSince(Gate gate, long now) {
        if (gate instanceof Held held) {
            return held.claimed() + held.grace().toNanos();
        }
        return gate instanceof Open open ? open.since() : now;
    }

    /** For how long the first call keeps the others away that sets out now, after the last of these pauses. */
    Duration grace(long now) {
        return inARow < HABIT || !areRecent(now) ? RegionHealth.FIRST_CALL_GRACE : care;
    }

    boolean areRecent(long now) {
        return inARow > 0 && now - last <= REMEMBERED.toNanos();
    }
}
