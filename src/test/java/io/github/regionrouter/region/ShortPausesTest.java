package io.github.regionrouter.region;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R4: where pauses are short, the first call keeps the others away for as long as that has proved useful")
class ShortPausesTest extends OneDeployment {

    @Test
    void notAfterOneShortPause() {
        pauseAndClaim(Duration.ofMillis(600));

        assertThat(grace()).isEqualTo(RegionHealth.FIRST_CALL_GRACE);
    }

    @Test
    void butAfterThreeInARow() {
        shortPauses(2);
        pauseAndClaim(Duration.ofMillis(600));

        assertThat(grace()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void forAQuarterLessEachTimeTheRegionThenHadRoom() {
        shortPauses(3);
        refusedAfter(Duration.ofMillis(250));

        assertThat(grace()).isEqualTo(Duration.ofMillis(375));
    }

    @Test
    void untilTheOthersFollowAtOnce() {
        shortPauses(3);
        for (int i = 0; i < 8; i++) { // 500 ms less a quarter each time is under 60 ms then
            refusedAfter(Duration.ofMillis(250));
            served();
        }
        refusedAfter(Duration.ofMillis(250));

        assertThat(access()).isEqualTo(new Access.Free());
        pauseAndClaim(Duration.ofMillis(600)); // refused at once
        assertThat(grace()).isEqualTo(ShortPauses.LEAST_CARE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @DisplayName("and whatever happens, for no longer than half a second once there is a habit, and for 2 s before")
    void neverForLonger(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long last = Long.MIN_VALUE;
        int inARow = 0;
        for (int i = 0; i < 2_000; i++) {
            clock.advance(Duration.ofMillis((long) Math.exp(random.nextDouble(12)))); // up to 160 s
            if (random.nextBoolean()) {
                served();
            }
            Duration pause = Duration.ofMillis(random.nextLong(50, 1_100));
            long now = clock.nanos();
            boolean isLate = now - last > Duration.ofMinutes(1).toNanos();
            inARow = pause.toMillis() > 1_000 ? 0 : inARow == 0 || isLate ? 1 : inARow + 1;
            last = now;
            pauseAndClaim(pause);
            Duration left = access() instanceof Access.FirstCallOut out ? out.left() : Duration.ZERO;
            if (inARow < 3) {
                assertThat(left).isEqualTo(RegionHealth.FIRST_CALL_GRACE);
            } else {
                assertThat(left).isLessThanOrEqualTo(Duration.ofMillis(500));
                assertThat(left.isZero() || left.compareTo(Duration.ofMillis(60)) >= 0)
                        .isTrue();
            }
        }
    }

    @Test
    void forTwiceAsLongWhenTheRegionRefusesAgainAtOnce() {
        shortPauses(3);
        refusedAfter(Duration.ofMillis(250)); // 375
        served();
        refusedAfter(Duration.ofMillis(250)); // 281.25
        served();
        refusedAfter(Duration.ofMillis(250)); // 210.9375
        served();
        refusedAfter(Duration.ofMillis(249));

        assertThat(grace()).isEqualTo(Duration.ofNanos(421_875_000));
    }

    @Test
    void andWhenTheFirstCallItselfIsRefused() {
        shortPauses(3);
        refusedAfter(Duration.ofMillis(250)); // 375
        refusedAfter(Duration.ofMillis(300));

        assertThat(grace()).isEqualTo(Duration.ofMillis(500)); // at most
    }

    @Test
    @DisplayName("but not when it was the others who were refused, long after they had followed")
    void theOthersMayBeRefusedBeforeTheFirstCallIsServed() {
        shortPauses(3);
        refusedAfter(Duration.ofMillis(250)); // 375 ms alone, then 250 with the others
        refusedAfter(Duration.ofMillis(625));

        assertThat(grace()).isEqualTo(Duration.ofNanos(281_250_000));
    }

    @Test
    void lateRefusalsOfCallsFromBeforeThePauseAreNoFurtherPauses() {
        long before = clock.nanos();
        clock.advance(Duration.ofMillis(1));
        pauseAndClaim(Duration.ofMillis(50));
        health = health.throttled(clock.nanos(), before, Duration.ofMillis(50));
        passPause();
        claim();
        health = health.throttled(clock.nanos(), before, Duration.ofMillis(50));
        passPause();
        claim();

        assertThat(grace()).isEqualTo(RegionHealth.FIRST_CALL_GRACE);
    }

    @Test
    void aHabitIsForgottenAlsoWhileNobodyComes() {
        shortPauses(3);
        throttled(Duration.ofMillis(600));
        clock.advance(Duration.ofMinutes(2));
        claim();

        assertThat(grace()).isEqualTo(RegionHealth.FIRST_CALL_GRACE);
    }

    @Test
    @DisplayName("A habit says nothing of a region that fails: after the breaker R4 holds as it stands (R6)")
    void notAfterTheBreaker() {
        shortPauses(3);
        fail(3);
        passPause();
        claim();

        assertThat(grace()).isEqualTo(RegionHealth.FIRST_CALL_GRACE);
    }

    @Test
    void aLongPauseEndsTheRow() {
        shortPauses(2);
        pauseAndClaim(Duration.ofMillis(1_001));
        served();
        pauseAndClaim(Duration.ofMillis(600));

        assertThat(grace()).isEqualTo(RegionHealth.FIRST_CALL_GRACE);
    }

    @Test
    void soDoesAQuietMinute() {
        shortPauses(3);
        refusedAfter(Duration.ofSeconds(60));

        assertThat(grace()).isEqualTo(RegionHealth.FIRST_CALL_GRACE);
    }

    @Test
    void butNotHalfOfOne() {
        shortPauses(3);
        refusedAfter(Duration.ofSeconds(30));

        assertThat(grace()).isEqualTo(Duration.ofMillis(375));
    }

    @Test
    void aQuietMinuteMakesTheRegionAsGoodAsNew() {
        shortPauses(3);
        clock.advance(Duration.ofSeconds(60));
        served();

        assertThat(health).isEqualTo(RegionHealth.WELL);
    }

    @Test
    void refusalsOfOnePauseCountOnce() {
        throttled(Duration.ofMillis(600));
        throttled(Duration.ofMillis(500));
        throttled(Duration.ofMillis(400));
        passPause();
        claim();

        assertThat(grace()).isEqualTo(RegionHealth.FIRST_CALL_GRACE);
    }

    private void shortPauses(int times) {
        for (int i = 0; i < times; i++) {
            pauseAndClaim(Duration.ofMillis(600));
            clock.advance(Duration.ofMillis(1));
            served();
        }
    }

    private void refusedAfter(Duration wellFor) {
        clock.advance(wellFor);
        pauseAndClaim(Duration.ofMillis(600));
    }

    private void pauseAndClaim(Duration pause) {
        throttled(pause);
        passPause();
        claim();
    }

    private Duration grace() {
        return ((Access.FirstCallOut) access()).left();
    }
}
