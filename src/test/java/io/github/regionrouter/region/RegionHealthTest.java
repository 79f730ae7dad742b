package io.github.regionrouter.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.region.Access.Cause;
import io.github.regionrouter.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cooldown (R3), breaker (R6) and the first call after either (R4), one deployment seen alone. */
class RegionHealthTest {

    private final ManualTicker clock = new ManualTicker();
    private RegionHealth health = RegionHealth.WELL;

    @Test
    void aDeploymentNothingIsKnownOfIsFree() {
        assertThat(access()).isEqualTo(new Access.Free());
    }

    @Nested
    @DisplayName(
            "R4: where pauses are short, the first call keeps the others away for as long as that has proved useful")
    class ShortPause {

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
            clock.advance(Duration.ofMillis(250));
            pauseAndClaim(Duration.ofMillis(600));

            assertThat(grace()).isEqualTo(Duration.ofMillis(375));
        }

        @Test
        void untilTheOthersFollowAtOnce() {
            shortPauses(3);
            for (int i = 0; i < 8; i++) { // 500 ms less a quarter each time is under 60 ms then
                clock.advance(Duration.ofMillis(250));
                pauseAndClaim(Duration.ofMillis(600));
                served();
            }
            clock.advance(Duration.ofMillis(250));
            pauseAndClaim(Duration.ofMillis(600));

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
            clock.advance(Duration.ofMillis(250));
            pauseAndClaim(Duration.ofMillis(600)); // 375
            served();
            clock.advance(Duration.ofMillis(250));
            pauseAndClaim(Duration.ofMillis(600)); // 281.25
            served();
            clock.advance(Duration.ofMillis(250));
            pauseAndClaim(Duration.ofMillis(600)); // 210.9375
            served();
            clock.advance(Duration.ofMillis(249));
            pauseAndClaim(Duration.ofMillis(600));

            assertThat(grace()).isEqualTo(Duration.ofNanos(421_875_000));
        }

        @Test
        void andWhenTheFirstCallItselfIsRefused() {
            shortPauses(3);
            clock.advance(Duration.ofMillis(250));
            pauseAndClaim(Duration.ofMillis(600)); // 375
            clock.advance(Duration.ofMillis(300));
            pauseAndClaim(Duration.ofMillis(600));

            assertThat(grace()).isEqualTo(Duration.ofMillis(500)); // at most
        }

        @Test
        @DisplayName("but not when it was the others who were refused, long after they had followed")
        void theOthersMayBeRefusedBeforeTheFirstCallIsServed() {
            shortPauses(3);
            clock.advance(Duration.ofMillis(250));
            pauseAndClaim(Duration.ofMillis(600)); // 375 ms alone, then 250 with the others
            clock.advance(Duration.ofMillis(625));
            pauseAndClaim(Duration.ofMillis(600));

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
            clock.advance(Duration.ofSeconds(60));
            pauseAndClaim(Duration.ofMillis(600));

            assertThat(grace()).isEqualTo(RegionHealth.FIRST_CALL_GRACE);
        }

        @Test
        void butNotHalfOfOne() {
            shortPauses(3);
            clock.advance(Duration.ofSeconds(30));
            pauseAndClaim(Duration.ofMillis(600));

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

        private void pauseAndClaim(Duration pause) {
            throttled(pause);
            passPause();
            claim();
        }

        private Duration grace() {
            return ((Access.FirstCallOut) access()).left();
        }
    }

    @Nested
    @DisplayName("R3: a 429 shuts the deployment")
    class Cooldown {

        @Test
        void forTheTimeThatTheRegionGave() {
            throttled(Duration.ofSeconds(7));

            assertThat(access()).isEqualTo(cooling(Duration.ofSeconds(7)));
            clock.advanceSeconds(3);
            assertThat(access()).isEqualTo(cooling(Duration.ofSeconds(4)));
        }

        @Test
        void keepsTheFractionOfASecondThatProvisionedThroughputGives() {
            throttled(Duration.ofMillis(320));

            assertThat(access()).isEqualTo(cooling(Duration.ofMillis(320)));
        }

        @ParameterizedTest
        @CsvSource({"59, 59", "60, 60", "61, 60", "300, 60", "31536000, 60"})
        void forSixtySecondsAtTheMost(long given, long kept) {
            throttled(Duration.ofSeconds(given));

            assertThat(access()).isEqualTo(cooling(Duration.ofSeconds(kept)));
        }

        @Test
        void evenWhenTheRegionGivesZero() {
            throttled(Duration.ZERO);

            assertThat(access()).isInstanceOf(Access.Shut.class);
        }

        @Test
        void growsFromFiveToSixtySecondsWhenTheRegionGivesNoTime() {
            List<Long> pauses = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                throttled(null);
                pauses.add(shut().left().toSeconds());
                passPause();
                claim();
            }
            assertThat(pauses).containsExactly(5L, 10L, 20L, 40L, 60L, 60L, 60L);
        }

        @Test
        void staysAtSixtySecondsHoweverOftenItGrew() {
            for (int i = 0; i < 100; i++) {
                throttled(null);
                passPause();
                claim();
            }
            throttled(null);
            assertThat(shut().left()).isEqualTo(Duration.ofSeconds(60));
        }

        @Test
        void fallsBackToFiveSecondsAfterOneServedCall() {
            throttled(null);
            passPause();
            claim();
            throttled(null);
            passPause();
            claim();

            served();
            throttled(null);

            assertThat(shut().left()).isEqualTo(Duration.ofSeconds(5));
        }

        @Test
        void doesNotGrowFromTheCallsThatWereOutAlready() {
            throttled(null);
            for (int i = 0; i < 10; i++) {
                throttled(null);
            }
            assertThat(shut().left()).isEqualTo(Duration.ofSeconds(5));

            passPause();
            claim();
            throttled(null);
            assertThat(shut().left()).isEqualTo(Duration.ofSeconds(10));
        }

        @Test
        void isNotProlongedByATimelessRefusalOfACallThatWasOutAlready() {
            throttled(Duration.ofSeconds(7));
            clock.advanceSeconds(6);
            throttled(null);

            assertThat(shut().left()).isEqualTo(Duration.ofSeconds(1));
        }

        @Test
        void isNotShortenedByTheCallsThatWereOutAlready() {
            throttled(Duration.ofSeconds(30));
            throttled(Duration.ofSeconds(1));
            throttled(null);

            assertThat(shut().left()).isEqualTo(Duration.ofSeconds(30));
        }

        @Test
        void isProlongedWhenTheRegionNamesALaterTime() {
            throttled(Duration.ofSeconds(2));
            throttled(Duration.ofSeconds(30));

            assertThat(shut().left()).isEqualTo(Duration.ofSeconds(30));
        }

        @Test
        void isNotShortenedByAFailure() {
            throttled(Duration.ofSeconds(60));
            fail(5);

            assertThat(access()).isEqualTo(cooling(Duration.ofSeconds(60)));
        }
    }

    @Nested
    @DisplayName("R6: failures in a row open the breaker")
    class Breaker {

        @Test
        void twoDoNot() {
            fail(2);

            assertThat(access()).isEqualTo(new Access.Free());
        }

        @Test
        void theThirdDoesForFiveSeconds() {
            fail(3);

            assertThat(access()).isEqualTo(new Access.Shut(Cause.BREAKER, Duration.ofSeconds(5)));
        }

        @Test
        void notWhenOneWasServedBetween() {
            fail(2);
            served();
            fail(2);

            assertThat(access()).isEqualTo(new Access.Free());
        }

        @Test
        void thePauseGrowsToSixtySecondsWhileTheFirstCallKeepsFailing() {
            List<Long> pauses = new ArrayList<>();
            fail(3);
            for (int i = 0; i < 7; i++) {
                pauses.add(shut().left().toSeconds());
                passPause();
                claim();
                fail(1);
            }
            assertThat(pauses).containsExactly(5L, 10L, 20L, 40L, 60L, 60L, 60L);
        }

        @Test
        void thePauseDoesNotGrowFromTheCallsThatWereOutAlready() {
            fail(50);
            assertThat(shut().left()).isEqualTo(Duration.ofSeconds(5));

            passPause();
            claim();
            fail(1);
            assertThat(shut().left()).isEqualTo(Duration.ofSeconds(10));
        }

        @Test
        void thePauseIsFiveSecondsAgainAfterOneServedCall() {
            fail(3);
            passPause();
            claim();
            fail(1);
            passPause();
            claim();

            served();
            fail(2);
            assertThat(access()).isEqualTo(new Access.Free());
            fail(1);

            assertThat(shut().left()).isEqualTo(Duration.ofSeconds(5));
        }

        @Test
        void aLateSuccessOfACallSentBeforeDoesNotCloseIt() {
            fail(3);
            served();

            assertThat(access()).isEqualTo(new Access.Shut(Cause.BREAKER, Duration.ofSeconds(5)));
        }
    }

    @Nested
    @DisplayName("R4: one call goes first after a pause")
    class FirstCall {

        @Test
        void oneMayGoWhenThePauseIsOver() {
            throttled(Duration.ofSeconds(7));
            clock.advance(Duration.ofSeconds(7).minusNanos(1));
            assertThat(access()).isInstanceOf(Access.Shut.class);

            clock.advance(Duration.ofNanos(1));
            assertThat(access()).isEqualTo(new Access.FirstCall());
        }

        @Test
        void theOthersAreKeptBackWhileItIsOut() {
            throttled(Duration.ofSeconds(7));
            passPause();
            claim();

            assertThat(access()).isEqualTo(new Access.FirstCallOut(Cause.COOLING, Duration.ofSeconds(2)));
        }

        @Test
        void theOthersFollowWhenItIsServed() {
            throttled(Duration.ofSeconds(7));
            passPause();
            claim();
            served();

            assertThat(access()).isEqualTo(new Access.Free());
        }

        @Test
        void theOthersFollowAfterTwoSecondsWithoutARefusal() {
            throttled(Duration.ofSeconds(7));
            passPause();
            claim();

            clock.advance(Duration.ofSeconds(2).minusNanos(1));
            assertThat(access()).isInstanceOf(Access.FirstCallOut.class);
            clock.advance(Duration.ofNanos(1));
            assertThat(access()).isEqualTo(new Access.Free());
        }

        @Test
        void itsRefusalShutsTheDeploymentAgain() {
            throttled(Duration.ofSeconds(7));
            passPause();
            claim();
            throttled(Duration.ofSeconds(3));

            assertThat(access()).isEqualTo(cooling(Duration.ofSeconds(3)));
        }

        @Test
        void itsRefusalShutsTheDeploymentAgainEvenAfterTheGrace() {
            throttled(Duration.ofSeconds(7));
            passPause();
            claim();
            clock.advanceSeconds(5);
            throttled(Duration.ofSeconds(3));

            assertThat(access()).isEqualTo(cooling(Duration.ofSeconds(3)));
        }

        @Test
        void itsFailureAfterABreakerShutsTheDeploymentAgain() {
            fail(3);
            passPause();
            claim();
            fail(1);

            assertThat(access()).isEqualTo(new Access.Shut(Cause.BREAKER, Duration.ofSeconds(10)));
        }

        @Test
        void itsFailureAfterACooldownLetsNobodyElsePassButTheNextFirstCall() {
            throttled(Duration.ofSeconds(7));
            passPause();
            claim();
            fail(1);

            assertThat(access()).isEqualTo(new Access.FirstCall());
        }

        @Test
        void whenItEndsWithoutNewsTheNextCallGoesFirst() {
            throttled(Duration.ofSeconds(7));
            passPause();
            claim();
            health = health.released(clock.nanos(), clock.nanos());

            assertThat(access()).isEqualTo(new Access.FirstCall());
        }

        @Test
        void aLateAnswerServedToACallSentBeforeDoesNotOpenAShutDeployment() {
            throttled(Duration.ofSeconds(7));
            clock.advanceSeconds(3);
            served();

            assertThat(access()).isEqualTo(cooling(Duration.ofSeconds(4)));
        }

        @Test
        void releasingDoesNotOpenAShutDeployment() {
            throttled(Duration.ofSeconds(7));
            health = health.released(clock.nanos(), clock.nanos());

            assertThat(access()).isEqualTo(cooling(Duration.ofSeconds(7)));
        }
    }

    private Access access() {
        return health.access(clock.nanos());
    }

    private Access.Shut shut() {
        assertThat(access()).isInstanceOf(Access.Shut.class);
        return (Access.Shut) access();
    }

    private static Access cooling(Duration left) {
        return new Access.Shut(Cause.COOLING, left);
    }

    /** Nobody is sent to a region that is shut: what is told of it then was sent before. */
    private long sent() {
        return access() instanceof Access.Shut
                ? clock.nanos() - Duration.ofDays(1).toNanos()
                : clock.nanos();
    }

    private void throttled(Duration wait) {
        health = health.throttled(clock.nanos(), sent(), wait);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            health = health.failed(clock.nanos(), sent());
        }
    }

    private void served() {
        health = health.served(clock.nanos(), sent());
    }

    private void passPause() {
        clock.advance(shut().left());
        assertThat(access()).isEqualTo(new Access.FirstCall());
    }

    private void claim() {
        health = health.claimed(clock.nanos());
    }
}
