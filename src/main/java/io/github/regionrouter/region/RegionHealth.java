package io.github.regionrouter.region;

import io.github.regionrouter.region.Access.Cause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one deployment feels: an immutable state; each transition returns the next one. Times are {@link Ticker} nanoseconds.
 *
 * <p>Cooldown (R3) and breaker (R6) are one gate with two causes, since they mean the same to a call: leave it alone until
 * then, let one call go first (R4), open for all when that call is served. Whichever ends later names the cause.
 *
 * @param gate open, shut until a time, or held by the first call
 * @param shortPauses what was learnt from pauses of a second or less
 * @param throttles cooldowns in a row for which the region gave no time (they grow)
 * @param failures failures in a row
 * @param openings how often the breaker opened in a row (its pauses grow)
 */
public record RegionHealth(Gate gate, ShortPauses shortPauses, int throttles, int failures, int openings) {

    /** Failures in a row that open the breaker (R6). */
    public static final int FAILURES_TO_OPEN = 3;

    /** A wait that a region asks for is kept to this at most (R3). */
    public static final Duration LONGEST_COOLDOWN = Growing.LONGEST;

    /** And to this at least: a region that says "now" with a 429 must not be asked again and again without a breath. */
    static final Duration SHORTEST_COOLDOWN = Duration.ofMillis(50);

    /** What is wrong with a region's set-up is looked at again after this (R7, R8). */
    public static final Duration MISCONFIGURED_FOR = Duration.ofMinutes(5);

    /** A first call that has not been refused for this long lets the others follow (design §5.1 on R4). */
    public static final Duration FIRST_CALL_GRACE = Duration.ofSeconds(2);

    /** A deployment nothing bad is known of. */
    public static final RegionHealth WELL = new RegionHealth(new Open(0), ShortPauses.NONE, 0, 0, 0);

    sealed interface Gate {}

    record Open(long since) implements Gate {}

    record Closed(Cause cause, long since, long until) implements Gate {}

    /** @param grace for how long the first call keeps the others away */
    record Held(Cause cause, long since, long claimed, Duration grace) implements Gate {}

    /** Whether the deployment may be called now. */
    public Access access(long now) {
        if (gate instanceof Closed closed) {
            long left = closed.until - now;
            return left > 0 ? new Access.Shut(closed.cause, Duration.ofNanos(left)) : new Access.FirstCall();
        }
        if (gate instanceof Held held) {
            long left = held.claimed + held.grace.toNanos() - now;
            return left > 0 ? new Access.FirstCallOut(held.cause, Duration.ofNanos(left)) : new Access.Free();
        }
        return new Access.Free();
    }

    /** The first call after a pause sets out. */
    RegionHealth claimed(long now) {
        if (gate instanceof Closed closed) {
            Duration grace = closed.cause == Cause.COOLING ? shortPauses.grace(now) : FIRST_CALL_GRACE;
            return withGate(new Held(closed.cause, closed.since, now, grace));
        }
        return this;
    }

    /** The first call, sent at {@code sent}, ended without news of the region (its caller hung up): the next call goes first. */
    RegionHealth released(long now, long sent) {
        return gate instanceof Held held && sent - held.claimed >= 0
                ? withGate(new Closed(held.cause, held.since, now))
                : this;
    }

    /**
     * The region answered 429.
     *
     * @param sent when the call set out that was answered so
     * @param wait what the region asked for; null if it did not say, and then the pause grows
     */
    RegionHealth throttled(long now, long sent, @Nullable Duration wait) {
        boolean old = isOld(sent);
        if (wait == null && old) {
            return this;
        }
        Duration pause = wait == null ? Growing.pause(throttles) : clamp(wait);
        return new RegionHealth(
                later(now, Cause.COOLING, pause),
                shortPauses.before(pause, old, gate, now),
                wait == null ? throttles + 1 : throttles,
                failures,
                openings);
    }

    /** The region failed a call that set out at {@code sent}: no connection, no answer in time, or 5xx. */
    RegionHealth failed(long now, long sent) {
        if (isOld(sent)) {
            return this;
        }
        int inARow = failures + 1;
        if (inARow < FAILURES_TO_OPEN) {
            return new RegionHealth(released(now, sent).gate, shortPauses, throttles, inARow, openings);
        }
        return new RegionHealth(
                later(now, Cause.BREAKER, Growing.pause(openings)), shortPauses, throttles, inARow, openings + 1);
    }

    /** The region refuses the router or does not have the deployment: people have to mend that, so it may take a while. */
    RegionHealth misconfigured(long now, Cause cause) {
        return new RegionHealth(later(now, cause, MISCONFIGURED_FOR), shortPauses, throttles, failures, openings);
    }

    /**
     * The headers of an answer to a call that set out at {@code sent} are here: others may follow the first call (R4), though
     * what the answer comes to is not known yet and the counts stay.
     */
    RegionHealth answering(long now, long sent) {
        return gate instanceof Held && !isOld(sent) ? withGate(new Open(now)) : this;
    }

    /** The region served a call that set out at {@code sent}. */
    RegionHealth served(long now, long sent) {
        if (isOld(sent)) {
            return this;
        }
        if (!shortPauses.areRecent(now)) {
            return WELL;
        }
        if (gate instanceof Open && throttles + failures + openings == 0) {
            return this;
        }
        return new RegionHealth(gate instanceof Open ? gate : new Open(now), shortPauses, 0, 0, 0);
    }

    /** Of a call that set out before the pause began: it says nothing of how the region is now, and changes nothing. */
    private boolean isOld(long sent) {
        return (gate instanceof Closed closed && sent - closed.since <= 0)
                || (gate instanceof Held held && sent - held.since <= 0);
    }

    private Gate later(long now, Cause cause, Duration pause) {
        Closed next = new Closed(cause, now, now + pause.toNanos());
        return gate instanceof Closed closed && closed.until - next.until > 0 ? closed : next;
    }

    private RegionHealth withGate(Gate next) {
        return new RegionHealth(next, shortPauses, throttles, failures, openings);
    }

    private static Duration clamp(Duration wait) {
        if (wait.compareTo(SHORTEST_COOLDOWN) < 0) {
            return SHORTEST_COOLDOWN;
        }
        return wait.compareTo(LONGEST_COOLDOWN) > 0 ? LONGEST_COOLDOWN : wait;
    }
}
