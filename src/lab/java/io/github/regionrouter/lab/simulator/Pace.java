package io.github.regionrouter.lab.simulator;

import java.time.Duration;

/**
 * How fast a region talks; immutable. With jitter each delay is drawn from a log-normal distribution around the given one, which
 * is its median: most delays near it, a few much longer, none below zero.
 *
 * @param firstToken time before the first token of an answer
 * @param token time between two tokens; a JSON answer takes as long as its tokens
 * @param jitter sigma of the distribution, 0 to 2; with 0.3 one delay in ten is about 1.5 times the median or more
 * @param seed regions of one seed and one name draw the same delays for their first answer, their second, and so on
 */
public record Pace(Duration firstToken, Duration token, double jitter, long seed) {

    /** Everything at once. */
    public static final Pace AT_ONCE = new Pace(Duration.ZERO, Duration.ZERO, 0, 0);

    static final int MOST_JITTER = 2;

    /** Checks the ranges. */
    public Pace {
        Check.that(!firstToken.isNegative(), "firstTokenDelay", firstToken, ">= 0");
        Check.that(!token.isNegative(), "tokenDelay", token, ">= 0");
        Check.that(jitter >= 0 && jitter <= MOST_JITTER, "jitter", jitter, "0 to " + MOST_JITTER);
    }

    /** The time of so many tokens, with every delay at its median. */
    Duration of(int tokens) {
        return firstToken.plus(token.multipliedBy(Math.max(0, tokens - 1)));
    }

    /** With this much time before the first token. */
    public Pace firstToken(Duration value) {
        return new Pace(value, token, jitter, seed);
    }

    /** With this much time between two tokens. */
    public Pace token(Duration value) {
        return new Pace(firstToken, value, jitter, seed);
    }

    /** With jitter of this sigma, drawn from this seed. */
    public Pace jitter(double sigma, long from) {
        return new Pace(firstToken, token, sigma, from);
    }
}
