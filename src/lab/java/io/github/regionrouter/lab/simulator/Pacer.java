package io.github.regionrouter.lab.simulator;

import java.time.Duration;
import java.util.SplittableRandom;

/** The delays of one region's answers. The random numbers of an answer depend on its place in the row alone. Thread-safe. */
final class Pacer {

    private final Pace pace;
    private final SplittableRandom answers;

    Pacer(Pace pace, String region) {
        this.pace = pace;
        answers = new SplittableRandom(pace.seed() ^ region.hashCode());
    }

    /** The delays of the next answer. */
    synchronized Delays next() {
        return new Delays(pace, answers.split());
    }

    /** The delays of one answer, to be asked in order, by one thread. */
    static final class Delays {

        private final Pace pace;
        private final SplittableRandom random;

        Delays(Pace pace, SplittableRandom random) {
            this.pace = pace;
            this.random = random;
        }

        Duration firstToken() {
            return drawn(pace.firstToken());
        }

        Duration token() {
            return drawn(pace.token());
        }

        /** The first token and those after it, together. */
        Duration tokens(int count) {
            if (count == 0) {
                return Duration.ZERO;
            }
            Duration all = firstToken();
            if (pace.jitter() == 0 || pace.token().isZero()) {
                return all.plus(pace.token().multipliedBy(count - 1L));
            }
            for (int i = 1; i < count; i++) {
                all = all.plus(token());
            }
            return all;
        }

        private Duration drawn(Duration median) {
            if (pace.jitter() == 0 || median.isZero()) {
                return median;
            }
            return Duration.ofNanos((long) (median.toNanos() * Math.exp(pace.jitter() * random.nextGaussian())));
        }
    }
}
