package io.github.regionrouter.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R10: when a call must have its answer, and what of that one attempt may take. */
class DeadlineTest {

    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

    @DisplayName("The shorter of settings and caller, and never more than 220 s")
    @ParameterizedTest(name = "settings {0} s, caller {1} s: {2} s")
    @CsvSource({"210, , 210", "210, 599, 210", "210, 9, 9", "5, 9, 5", "220, , 220", "230, , 220", "999, 999, 220"})
    void theShorterCounts(long allowed, Long patience, long length) {
        Deadline deadline =
                Deadline.of(START, Duration.ofSeconds(allowed), patience == null ? null : Duration.ofSeconds(patience));

        assertThat(deadline.length()).isEqualTo(Duration.ofSeconds(length));
    }

    @Test
    void theTimeLeftShrinksAndIsNeverNegative() {
        Deadline deadline = new Deadline(START, Duration.ofSeconds(10));

        assertThat(deadline.left(START)).isEqualTo(Duration.ofSeconds(10));
        assertThat(deadline.left(at(3_000))).isEqualTo(Duration.ofSeconds(7));
        assertThat(deadline.left(at(10_000))).isEqualTo(Duration.ZERO);
        assertThat(deadline.left(at(99_000))).isEqualTo(Duration.ZERO);
    }

    @DisplayName("An attempt begins only when it can still be useful: 5 s, of a short deadline half")
    @ParameterizedTest(name = "of {0} s, after {1} ms and a pause of {2} ms: {3}")
    @CsvSource({
        "210, 0, 0, true",
        "210, 204999, 0, true",
        "210, 205000, 0, true",
        "210, 205001, 0, false",
        "210, 200000, 5000, true",
        "210, 200000, 5001, false",
        "210, 300000, 0, false",
        "4, 0, 0, true",
        "4, 2000, 0, true",
        "4, 2001, 0, false",
        "4, 0, 2001, false",
    })
    void anAttemptMustBeUseful(long length, long elapsed, long pause, boolean useful) {
        Deadline deadline = new Deadline(START, Duration.ofSeconds(length));

        assertThat(deadline.leavesTime(at(elapsed), Duration.ofMillis(pause))).isEqualTo(useful);
    }

    @DisplayName("§5.1: an attempt never eats the time of a second one when there is one")
    @ParameterizedTest(name = "{0} s left, others {1}, setting {2} s: {3} ms")
    @CsvSource({
        "210, false, , 210000",
        "210, true, , 140000",
        "210, true, 30, 30000",
        "210, false, 30, 30000",
        "210, true, 200, 140000",
        "9, true, , 6000",
        "6, true, , 5000",
        "3, true, , 3000",
        "3, false, , 3000",
        "3, true, 1, 1000",
        "6, false, 60, 6000",
    })
    void theLimitOfOneAttempt(long length, boolean others, Long setting, long limit) {
        Deadline deadline = new Deadline(START, Duration.ofSeconds(length));

        assertThat(deadline.attemptLimit(START, others, setting == null ? null : Duration.ofSeconds(setting)))
                .isEqualTo(Duration.ofMillis(limit));
    }

    private static long at(long millis) {
        return START + Duration.ofMillis(millis).toNanos();
    }
}
