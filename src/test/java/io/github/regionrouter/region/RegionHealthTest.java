package io.github.regionrouter.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.region.Access.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cooldown (R3), breaker (R6) and the first call after either (R4), one deployment seen alone. */
class RegionHealthTest extends OneDeployment {

    @Test
    void aDeploymentNothingIsKnownOfIsFree() {
        assertThat(access()).isEqualTo(new Access.Free());
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
}
