package io.github.regionrouter.lab.load;

import java.time.Duration;

/** When calls set out. */
sealed interface Pace {

    /** The time in which the load grows from nothing to all of it. */
    Duration ramp();

    /** The most calls under way at once. */
    int mostAtOnce();

    String inWords();

    /** Closed loop: each thread makes its next call when the last one has ended, so a slow server is asked less. */
    record Threads(int threads, Duration ramp) implements Pace {
        @Override
        public int mostAtOnce() {
            return threads;
        }

        @Override
        public String inWords() {
            return Words.count(threads, "thread") + Words.ramp(ramp);
        }
    }

    /**
     * Open loop: calls set out at their times whether or not others have ended, as those of many users do.
     *
     * @param perSecond calls, on average
     * @param poisson whether their gaps are random (exponential), else all alike
     * @param mostAtOnce beyond which a call waits here; its latency counts from when it should have set out
     */
    record Rate(double perSecond, boolean poisson, Duration ramp, int mostAtOnce) implements Pace {
        @Override
        public String inWords() {
            return Words.number(perSecond) + " calls per second" + (poisson ? " (Poisson)" : "") + Words.ramp(ramp);
        }
    }
}
