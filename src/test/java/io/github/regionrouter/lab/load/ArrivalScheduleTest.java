package io.github.regionrouter.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ArrivalScheduleTest {

    @Test
    void gapsAreEvenAtARate() {
        assertThat(millis(20, Duration.ZERO, false, 5)).containsExactly(0, 50, 100, 150, 200);
    }

    @Test
    void aRampGrowsLinearlyAndMakesHalfTheCalls() {
        long[] times = millis(10, Duration.ofSeconds(10), false, 60);

        // N(t) = 10 t² / 20 = t²/2 within the ramp: 50 calls in its 10 s, and then one each 100 ms.
        assertThat(times[2]).isEqualTo(2_000);
        assertThat(times[18]).isEqualTo(6_000);
        assertThat(times[50]).isEqualTo(10_000);
        assertThat(times[51]).isEqualTo(10_100);
    }

    @Test
    void poissonKeepsTheRateWithGapsOfAllSizes() {
        long[] times = millis(100, Duration.ZERO, true, 20_000);
        long shortGaps = LongStream.range(1, times.length)
                .filter(i -> times[(int) i] - times[(int) i - 1] < 10)
                .count();

        assertThat((double) times[times.length - 1]).isCloseTo(200_000, withPercentage(4));
        assertThat(shortGaps * 100.0 / times.length)
                .as("1 − 1/e of exponential gaps")
                .isBetween(61.0, 66.0);
        assertThat(times).isSorted();
    }

    @Test
    void theSameSeedMakesTheSameTimes() {
        assertThat(millis(5, Duration.ofSeconds(3), true, 100)).isEqualTo(millis(5, Duration.ofSeconds(3), true, 100));
    }

    private static long[] millis(double rate, Duration ramp, boolean poisson, int calls) {
        ArrivalSchedule schedule = new ArrivalSchedule(new Pace.Rate(rate, poisson, ramp, 1), 11);
        return LongStream.generate(schedule::next)
                .limit(calls)
                .map(nanos -> Math.round(nanos / 1e6))
                .toArray();
    }
}
