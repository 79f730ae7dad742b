package io.github.regionrouter.attempt;

import static io.github.regionrouter.testing.Regions.region;
import static io.github.regionrouter.testing.Regions.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.regionrouter.attempt.Step.Finish;
import io.github.regionrouter.attempt.Step.Send;
import io.github.regionrouter.attempt.Step.Wait;
import io.github.regionrouter.region.Access;
import io.github.regionrouter.region.HealthBoard;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.region.RegionSelector;
import io.github.regionrouter.testing.ManualTicker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R3 to R6, R9, R10 and R15 as tables: what the regions answered, and the story that a call makes of it. */
class CallPlanTest {

    private static final Region EAST = region("east", 1);
    private static final Region WEST = region("west", 2);
    private static final Region NORTH = region("north", 3);
    private static final List<Region> ALL = List.of(EAST, WEST, NORTH);
    private static final List<Region> TWO = List.of(EAST, WEST);
    private static final List<Region> ONE = List.of(EAST);

    private final Story story = new Story();

    @Nested
    @DisplayName("R3: 429 moves on at once")
    class Throttling {

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({
            "200, east>RETURN =Relay",
            "429/7s 200, east>NEXT_REGION west>RETURN =Relay",
            "429 200, east>NEXT_REGION west>RETURN =Relay",
            "429/7s 429/7s 200, east>NEXT_REGION west>NEXT_REGION north>RETURN =Relay",
            "429/0s 200, east>NEXT_REGION west>RETURN =Relay",
            "429/86400s 200, east>NEXT_REGION west>RETURN =Relay",
        })
        void toTheNextRegion(String outcomes, String told) {
            assertThat(story.of(ALL, outcomes)).isEqualTo(told);
        }

        @Test
        void theRegionCoolsForWhatItSaid() {
            story.of(TWO, "429/7s 200");

            assertThat(story.board.access(EAST)).isEqualTo(cooling(7_000));
        }

        @Test
        void forSixtySecondsAtTheMost() {
            story.of(TWO, "429/300s 200");

            assertThat(story.board.access(EAST)).isEqualTo(cooling(60_000));
        }

        @Test
        void forFiveSecondsWhenItSaidNothing() {
            story.of(TWO, "429 200");

            assertThat(story.board.access(EAST)).isEqualTo(cooling(5_000));
        }

        @ParameterizedTest
        @ValueSource(strings = {"429/301s", "429/86400s"})
        void aRequestThatDoesNotFitCoolsNothing(String outcome) {
            story.of(TWO, outcome + " 200");

            assertThat(story.board.access(EAST)).isEqualTo(new Access.Free());
        }

        @Test
        void aRequestThatDoesNotFitIsNotTriedThereAgain() {
            assertThat(story.of(TWO, "429/86400s 429/3s 200"))
                    .isEqualTo("east>NEXT_REGION west>WAIT ~3000 west>RETURN =Relay");
        }

        @Test
        void aCallThatIsNotRepeatableMovesOnToo() {
            story.repeatable = false;

            assertThat(story.of(TWO, "429/7s 200")).isEqualTo("east>NEXT_REGION west>RETURN =Relay");
        }

        @Test
        void theNextCallPassesTheCoolingRegionOver() {
            story.of(TWO, "429/7s 200");

            assertThat(story.of(TWO, "200")).isEqualTo("west>RETURN =Relay");
        }

        @Test
        void theRegionIsUsedAgainWhenItsCooldownIsOver() {
            story.of(TWO, "429/7s 200");
            story.clock.advanceSeconds(7);

            assertThat(story.of(TWO, "200")).isEqualTo("east>RETURN =Relay");
        }
    }

    @Nested
    @DisplayName("R4: a cooling region is left alone, and then one call goes first")
    class FirstCall {

        @Test
        void whileItIsOutTheOthersGoElsewhere() {
            coolEast();
            CallPlan first = story.call(TWO);
            assertThat(sentTo(first.begin())).isEqualTo(EAST);

            assertThat(sentTo(story.call(TWO).begin())).isEqualTo(WEST);
        }

        @Test
        void whenItIsServedTheOthersFollow() {
            coolEast();
            CallPlan first = story.call(TWO);
            first.begin();
            first.after(Story.outcome("200"));

            assertThat(sentTo(story.call(TWO).begin())).isEqualTo(EAST);
            assertThat(sentTo(story.call(TWO).begin())).isEqualTo(EAST);
        }

        @Test
        void aCallersMistakeIsAsGoodAsServed() {
            coolEast();
            CallPlan first = story.call(TWO);
            first.begin();
            first.after(Story.outcome("400"));

            assertThat(story.board.access(EAST)).isEqualTo(new Access.Free());
        }

        @Test
        void afterTwoSecondsWithoutARefusalTheOthersFollow() {
            coolEast();
            story.call(TWO).begin();
            story.clock.advanceSeconds(2);

            assertThat(sentTo(story.call(TWO).begin())).isEqualTo(EAST);
        }

        @Test
        void whenItIsThrottledTheRegionIsShutAgain() {
            coolEast();
            CallPlan first = story.call(TWO);
            first.begin();
            first.after(Story.outcome("429/9s"));

            assertThat(story.board.access(EAST)).isEqualTo(cooling(9_000));
        }

        @ParameterizedTest
        @ValueSource(strings = {"429/86400s", "302", "full"})
        void whenItBringsNoNewsOfTheRegionTheNextCallGoesFirst(String outcome) {
            coolEast();
            CallPlan first = story.call(TWO);
            first.begin();
            first.after(Story.outcome(outcome));

            assertThat(story.board.access(EAST)).isEqualTo(new Access.FirstCall());
        }

        @Test
        void whenItsCallerHangsUpTheNextCallGoesFirst() {
            coolEast();
            CallPlan first = story.call(TWO);
            first.begin();
            first.abandon();

            assertThat(sentTo(story.call(TWO).begin())).isEqualTo(EAST);
        }

        @Test
        void anAbandonedCallThatDidNotGoFirstReleasesNobody() {
            CallPlan early = story.call(ONE);
            early.begin();
            coolEast();
            story.call(ONE).begin();
            early.abandon();

            assertThat(story.board.access(EAST)).isInstanceOf(Access.FirstCallOut.class);
        }

        @Test
        void whoHasNowhereElseToGoWaitsForItAndIsNotRefused() {
            coolEast();
            CallPlan first = story.call(ONE);
            first.begin();
            CallPlan second = story.call(ONE);
            Step step = second.begin();
            assertThat(step).isInstanceOf(Wait.class);

            first.after(Story.outcome("200"));
            story.clock.advance(((Wait) step).pause());

            assertThat(sentTo(second.afterWait((Wait) step))).isEqualTo(EAST);
        }

        @Test
        void whoWaitsForItLooksAtTheStateAfreshWhenItWakes() {
            coolEast();
            CallPlan first = story.call(ONE);
            first.begin();
            CallPlan second = story.call(ONE);
            Wait wait = (Wait) second.begin();
            first.after(Story.outcome("429/9s"));
            story.clock.advance(wait.pause());
            Step next = second.afterWait(wait);

            assertThat(next).isInstanceOf(Wait.class);
            assertThat(((Wait) next).pause()).isBetween(Duration.ofMillis(8_000), Duration.ofMillis(9_000));
        }

        @Test
        void whoWaitsForItGoesAfterTwoSecondsAtTheLatest() {
            coolEast();
            story.call(ONE).begin();
            CallPlan second = story.call(ONE);
            Duration before = story.clock.elapsed();
            Step step = second.begin();
            while (step instanceof Wait wait) {
                story.clock.advance(wait.pause());
                step = second.afterWait(wait);
            }
            assertThat(sentTo(step)).isEqualTo(EAST);
            assertThat(story.clock.elapsed().minus(before)).isEqualTo(Duration.ofSeconds(2));
        }

        @Test
        void theNewsOfACallSentBeforeThePauseDoNotSendASecondFirstCall() {
            CallPlan early = story.call(ONE);
            early.begin();
            coolEast();
            story.call(ONE).begin();
            early.after(Story.outcome("reset"));

            assertThat(story.board.access(EAST)).isInstanceOf(Access.FirstCallOut.class);
        }

        @Test
        void theNewsOfACallSentBeforeThePauseDoNotLetTheOthersFollow() {
            CallPlan early = story.call(ONE);
            early.begin();
            coolEast();
            story.call(ONE).begin();
            early.after(Story.outcome("200"));

            assertThat(story.board.access(EAST)).isInstanceOf(Access.FirstCallOut.class);
        }

        private void coolEast() {
            story.board.throttled(sent(story.board, EAST), Duration.ofSeconds(7));
            story.clock.advanceSeconds(7);
        }
    }

    @Nested
    @DisplayName("R5: all are cooling")
    class AllCooling {

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({
            "429/9s 429/3s 200, east>NEXT_REGION west>WAIT ~3000 west>RETURN =Relay",
            "429/3s 429/9s 200, east>NEXT_REGION west>WAIT ~3000 east>RETURN =Relay",
            "429/3s 429/9s 429/30s 200," + " east>NEXT_REGION west>WAIT ~3000 east>WAIT ~6000 west>RETURN =Relay",
            "429/20s 429/20s 200, east>NEXT_REGION west>WAIT ~20000 east>RETURN =Relay",
            "429/21s 429/22s, east>NEXT_REGION west>EXHAUSTED =Throttled(21000)",
            "429/60s 429/300s, east>NEXT_REGION west>EXHAUSTED =Throttled(60000)",
        })
        void theSoonestIsWaitedForWithinMaxWait(String outcomes, String told) {
            assertThat(story.of(TWO, outcomes)).isEqualTo(told);
        }

        @Test
        void maxWaitBoundsTheSumOfAllWaits() {
            assertThat(story.of(ONE, "429/8s 429/8s 429/8s"))
                    .isEqualTo("east>WAIT ~8000 east>WAIT ~8000 east>EXHAUSTED =Throttled(8000)");
        }

        @Test
        void maxWaitOfZeroMeansNoWaiting() {
            story.rules = rules(30, 0, 210);

            assertThat(story.of(ONE, "429/1s")).isEqualTo("east>EXHAUSTED =Throttled(1000)");
        }

        @Test
        void nobodyIsCalledWhenAllAreCoolingForLong() {
            cool(EAST, 40);
            cool(WEST, 30);

            assertThat(story.of(TWO, "")).isEqualTo("=Throttled(30000)");
        }

        @Test
        void theWaitToldIsTheSoonestAndNeverOverSixtySeconds() {
            cool(EAST, 86_400);
            cool(WEST, 300);

            assertThat(story.of(TWO, "")).isEqualTo("=Throttled(60000)");
        }

        @Test
        void aCallThatComesWhenAllAreCoolingWaitsAsWell() {
            cool(EAST, 12);
            cool(WEST, 30);

            assertThat(story.of(TWO, "200")).isEqualTo("~12000 east>RETURN =Relay");
        }

        @Test
        void theWaitMustFitIntoTheDeadline() {
            story.patience = Duration.ofSeconds(9);
            assertThat(story.of(ONE, "429/5s")).isEqualTo("east>EXHAUSTED =Throttled(5000)");

            story.clock.advanceSeconds(60);
            assertThat(story.of(ONE, "429/4s 200")).isEqualTo("east>WAIT ~4000 east>RETURN =Relay");
        }

        @ParameterizedTest
        @ValueSource(doubles = {0.0, 0.3, 0.999999})
        void jitterIsOnlyEverAddedAndIsLittle(double number) {
            story.jitter = () -> number;
            CallPlan plan = story.call(ONE);
            plan.begin();
            Wait wait = (Wait) plan.after(Story.outcome("429/7s")).next();

            assertThat(wait.pause()).isBetween(Duration.ofSeconds(7), Duration.ofMillis(7_500));
        }

        @Test
        void jitterKeepsWithinMaxWait() {
            story.jitter = () -> 0.999999;
            CallPlan plan = story.call(ONE);
            plan.begin();
            Wait wait = (Wait) plan.after(Story.outcome("429/20s")).next();

            assertThat(wait.pause()).isEqualTo(Duration.ofSeconds(20));
        }

        @Test
        void jitterKeepsWithinTheDeadline() {
            story.jitter = () -> 0.999999;
            story.patience = Duration.ofMillis(400);

            assertThat(story.of(ONE, "429/150ms 200")).startsWith("east>WAIT ~").endsWith(" east>RETURN =Relay");
        }

        @Test
        void jitterSpreadsTheCallsThatWait() {
            story.jitter = () -> 0.9;
            CallPlan plan = story.call(ONE);
            plan.begin();
            Wait wait = (Wait) plan.after(Story.outcome("429/7s")).next();

            assertThat(wait.pause()).isGreaterThan(Duration.ofSeconds(7));
        }

        @Test
        void whoWakesLaterThanAnotherFindsTheRegionShutOrTaken() {
            CallPlan one = story.call(ONE);
            one.begin();
            Wait first = (Wait) one.after(Story.outcome("429/7s")).next();
            CallPlan two = story.call(ONE);
            Wait second = (Wait) two.begin();
            story.clock.advance(first.pause());
            assertThat(one.afterWait(first)).isInstanceOf(Send.class);

            assertThat(two.afterWait(second)).isInstanceOf(Wait.class);
        }

        @ParameterizedTest(name = "of {0} attempts: {1}")
        @CsvSource({
            "1, 429/1s, east>EXHAUSTED =Throttled(0)",
            "2, 429/1s 429/2s, east>NEXT_REGION west>EXHAUSTED =Throttled(1000)",
            "3, 429/1s 429/2s 429/3s, east>NEXT_REGION west>WAIT ~1000 east>EXHAUSTED =Throttled(1000)",
        })
        void neverMoreAttemptsThanAllowed(int attempts, String outcomes, String told) {
            story.rules = rules(attempts, 20, 210);

            assertThat(story.of(TWO, outcomes)).isEqualTo(told);
        }

        @Test
        void thirtyAttemptsByDefault() {
            story.rules = new RetryRules(
                    RetryRules.DEFAULT.maxAttempts(),
                    Duration.ofSeconds(200),
                    RetryRules.DEFAULT.deadline(),
                    null,
                    null,
                    Duration.ofSeconds(60));
            String told = story.of(ONE, "429/1s ".repeat(30));

            assertThat(told).endsWith("east>EXHAUSTED =Throttled(1000)").doesNotContain("?");
        }
    }

    @Nested
    @DisplayName("R6: failures are not throttling")
    class Failures {

        @ParameterizedTest(name = "{0}")
        @ValueSource(strings = {"500", "502", "503", "504", "529", "408", "reset", "silence", "refused", "full"})
        void theNextRegionIsCalled(String outcome) {
            assertThat(story.of(TWO, outcome + " 200")).isEqualTo("east>NEXT_REGION west>RETURN =Relay");
        }

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({
            "500 500, east>NEXT_REGION west>EXHAUSTED =Failed(BROKEN)",
            "500 200, east>NEXT_REGION west>RETURN =Relay",
            "500 503 200, east>NEXT_REGION west>NEXT_REGION north>RETURN =Relay",
            "500 503 500, east>NEXT_REGION west>NEXT_REGION north>EXHAUSTED =Failed(BROKEN)",
            "503 500 500, east>NEXT_REGION west>NEXT_REGION north>EXHAUSTED =Failed(BROKEN)",
            "503 500 200, east>NEXT_REGION west>NEXT_REGION north>RETURN =Relay",
            "500 429/7s 200, east>NEXT_REGION west>NEXT_REGION north>RETURN =Relay",
            "500 429/7s 500, east>NEXT_REGION west>NEXT_REGION north>EXHAUSTED =Failed(BROKEN)",
        })
        void afterA500OneOtherRegionMayAnswerWith500(String outcomes, String told) {
            assertThat(story.of(ALL, outcomes)).isEqualTo(told);
        }

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({
            "reset, east>FAIL_FAST =Failed(BROKEN)",
            "silence, east>FAIL_FAST =Failed(SILENT)",
            "408, east>FAIL_FAST =Failed(BROKEN)",
            "429/7s reset, east>NEXT_REGION west>FAIL_FAST =Failed(BROKEN)",
            "refused 200, east>NEXT_REGION west>RETURN =Relay",
            "full 200, east>NEXT_REGION west>RETURN =Relay",
            "503 200, east>NEXT_REGION west>RETURN =Relay",
            "429 200, east>NEXT_REGION west>RETURN =Relay",
            "429/86400s 200, east>NEXT_REGION west>RETURN =Relay",
            "401 200, east>NEXT_REGION west>RETURN =Relay",
            "404 200, east>NEXT_REGION west>RETURN =Relay",
        })
        void whatIsNotSafeToSendTwiceFailsFastAfterSilenceAlone(String outcomes, String told) {
            story.repeatable = false;

            assertThat(story.of(ALL, outcomes)).isEqualTo(told);
        }

        @Test
        void aRegionThatFailedIsNotAskedAgainByTheSameCall() {
            assertThat(story.of(TWO, "429/3s 503 503"))
                    .isEqualTo("east>NEXT_REGION west>WAIT ~3000 east>EXHAUSTED =Failed(BROKEN)");
        }

        @ParameterizedTest
        @ValueSource(strings = {"500", "503", "408", "reset", "silence", "refused"})
        void threeInARowOpenTheBreaker(String outcome) {
            for (int i = 0; i < 3; i++) {
                assertThat(story.board.access(EAST)).isEqualTo(new Access.Free());
                story.of(TWO, outcome + " 200");
            }
            assertThat(story.board.access(EAST))
                    .isEqualTo(new Access.Shut(Access.Cause.BREAKER, Duration.ofSeconds(5)));
            assertThat(story.of(TWO, "200")).isEqualTo("west>RETURN =Relay");
        }

        @ParameterizedTest
        @ValueSource(strings = {"full", "302", "400", "429/86400s"})
        void whatIsNoFailureOfTheRegionDoesNotOpenIt(String outcome) {
            for (int i = 0; i < 5; i++) {
                story.of(TWO, outcome.equals("400") ? outcome : outcome + " 200");
            }
            assertThat(story.board.access(EAST)).isEqualTo(new Access.Free());
        }

        @Test
        void whenEveryBreakerIsOpenTheCallerIsToldAtOnce() {
            for (int i = 0; i < 3; i++) {
                story.board.failed(sent(story.board, EAST));
                story.board.failed(sent(story.board, WEST));
            }
            assertThat(story.of(TWO, "")).isEqualTo("=NoneAvailable(5000)");
        }

        @Test
        void aHastyCallersSilenceIsNotTheRegionsFailure() {
            story.patience = Duration.ofMillis(500);
            for (int i = 0; i < 5; i++) {
                CallPlan plan = story.call(ONE);
                Send send = (Send) plan.begin();
                plan.after(story.outcome("silence@limit", send));
            }
            assertThat(story.board.access(EAST)).isEqualTo(new Access.Free());
        }
    }

    @Nested
    @DisplayName("R7, R8, R9: refusals, absences and the caller's mistakes")
    class Answers {

        @ParameterizedTest
        @ValueSource(ints = {400, 405, 409, 413, 415, 422, 431, 501, 505})
        void theCallersMistakesAreReturnedAtOnce(int status) {
            assertThat(story.of(ALL, "" + status)).isEqualTo("east>RETURN =Relay");
        }

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({
            "401 200, east>NEXT_REGION west>RETURN =Relay",
            "403 200, east>NEXT_REGION west>RETURN =Relay",
            "401 403, east>NEXT_REGION west>EXHAUSTED =CredentialsRefused",
            "404 200, east>NEXT_REGION west>RETURN =Relay",
            "404 404, east>NEXT_REGION west>EXHAUSTED =NotFound",
            "404 401, east>NEXT_REGION west>EXHAUSTED =CredentialsRefused",
            "302 200, east>NEXT_REGION west>RETURN =Relay",
            "302 302, east>NEXT_REGION west>EXHAUSTED =Failed(BROKEN)",
        })
        void whatIsTheRoutersOwnProblemMovesOn(String outcomes, String told) {
            assertThat(story.of(TWO, outcomes)).isEqualTo(told);
        }
    }

    @Nested
    @DisplayName("§5.1: mixed ends")
    class MixedEnds {

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({
            "429/30s 503, east>NEXT_REGION west>EXHAUSTED =Throttled(30000)",
            "503 429/30s, east>NEXT_REGION west>EXHAUSTED =Throttled(30000)",
            "401 429/30s, east>NEXT_REGION west>EXHAUSTED =Throttled(30000)",
            "404 429/30s, east>NEXT_REGION west>EXHAUSTED =Throttled(30000)",
            "429/86400s 429/30s, east>NEXT_REGION west>EXHAUSTED =Throttled(30000)",
            "429/86400s 429/86400s, east>NEXT_REGION west>EXHAUSTED =DoesNotFit",
            "503 503, east>NEXT_REGION west>EXHAUSTED =Failed(BROKEN)",
            "refused refused, east>NEXT_REGION west>EXHAUSTED =Failed(BROKEN)",
            "full full, east>NEXT_REGION west>EXHAUSTED =Failed(LOCAL)",
            "503 silence, east>NEXT_REGION west>EXHAUSTED =Failed(SILENT)",
            "503 404, east>NEXT_REGION west>EXHAUSTED =Failed(BROKEN)",
            "503 401, east>NEXT_REGION west>EXHAUSTED =Failed(BROKEN)",
        })
        void throttlingOutweighsFailuresAndFailuresOutweighAbsences(String outcomes, String told) {
            assertThat(story.of(TWO, outcomes)).isEqualTo(told);
        }

        @Test
        void aThrottlingWithAFailureElsewhereIsA429AlsoWhenTheCooldownEndedMeanwhile() {
            story.rules = rules(2, 20, 210);

            assertThat(story.of(TWO, "429/1s 503@2s")).isEqualTo("east>NEXT_REGION west>EXHAUSTED =Throttled(0)");
        }
    }

    @Nested
    @DisplayName("R10: the deadline")
    class OutOfTime {

        @Test
        void theFirstAttemptStartsHoweverShortTheDeadline() {
            story.patience = Duration.ofMillis(1);

            assertThat(story.of(TWO, "200")).isEqualTo("east>RETURN =Relay");
        }

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({
            "503@204s 200, east>NEXT_REGION west>RETURN =Relay",
            "503@206s, east>OUT_OF_TIME =OutOfTime",
            "429/7s@206s, east>OUT_OF_TIME =OutOfTime",
            "404@206s, east>OUT_OF_TIME =OutOfTime",
        })
        void anotherAttemptStartsOnlyWhenItCanStillBeUseful(String outcomes, String told) {
            assertThat(story.of(TWO, outcomes)).isEqualTo(told);
        }

        @Test
        void aSilenceThatLastsUntilTheEndIsTheEndOfTheTime() {
            assertThat(story.of(ONE, "silence@limit")).isIn("east>OUT_OF_TIME =OutOfTime", "east>EXHAUSTED =OutOfTime");
        }

        @Test
        void oneAttemptLeavesTimeForASecond() {
            assertThat(limitOfFirst(TWO)).isEqualTo(Duration.ofSeconds(140));
            assertThat(limitOfFirst(ONE)).isEqualTo(Duration.ofSeconds(210));
        }

        @Test
        void anAttemptsOwnLimitIsKept() {
            story.rules = new RetryRules(
                    30,
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(210),
                    Duration.ofSeconds(30),
                    null,
                    Duration.ofSeconds(60));

            assertThat(limitOfFirst(TWO)).isEqualTo(Duration.ofSeconds(30));
        }

        @Test
        void aSilentRegionLeavesTheOthersTheirTime() {
            story.patience = Duration.ofSeconds(30);

            assertThat(story.of(ALL, "silence@limit 200@4s")).isEqualTo("east>NEXT_REGION west>RETURN =Relay");
        }

        @Test
        void twoSilentRegionsUseUpAShortTime() {
            story.patience = Duration.ofSeconds(30);

            assertThat(story.of(ALL, "silence@limit silence@limit"))
                    .isEqualTo("east>NEXT_REGION west>OUT_OF_TIME =OutOfTime");
        }

        private Duration limitOfFirst(List<Region> candidates) {
            return ((Send) story.call(candidates).begin()).limit();
        }
    }

    @Nested
    @DisplayName("R15: a region that the caller asked for")
    class ForcedRegion {

        @Test
        void isTriedFirst() {
            story.forced = NORTH;

            assertThat(story.of(ALL, "200")).isEqualTo("north>RETURN =Relay");
        }

        @Test
        void isOnlyTheFirstOfMany() {
            story.forced = NORTH;

            assertThat(story.of(ALL, "429/7s 503 200"))
                    .isEqualTo("north>NEXT_REGION east>NEXT_REGION west>RETURN =Relay");
        }

        @Test
        void isNotTriedTwice() {
            story.forced = NORTH;

            assertThat(story.of(ALL, "503 503 503"))
                    .isEqualTo("north>NEXT_REGION east>NEXT_REGION west>EXHAUSTED =Failed(BROKEN)");
        }

        @Test
        void isLeftAloneWhileItCools() {
            story.forced = NORTH;
            cool(NORTH, 7);

            assertThat(story.of(ALL, "200")).isEqualTo("east>RETURN =Relay");
        }

        @Test
        void isCalledAsFirstCallAfterItsPause() {
            story.forced = NORTH;
            cool(NORTH, 7);
            story.clock.advanceSeconds(7);

            assertThat(sentTo(story.call(ALL).begin())).isEqualTo(NORTH);
            assertThat(sentTo(story.call(ALL).begin())).isEqualTo(EAST);
        }
    }

    @Nested
    @DisplayName("What drives a plan")
    class Contract {

        @Test
        void anOutcomeWithoutAnAttemptIsRefused() {
            CallPlan plan = story.call(ONE);
            assertThatThrownBy(() -> plan.after(Story.outcome("200"))).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void anAttemptHasOneOutcome() {
            CallPlan plan = story.call(TWO);
            plan.begin();
            plan.after(Story.outcome("503"));
            plan.after(Story.outcome("503"));
            assertThatThrownBy(() -> plan.after(Story.outcome("200"))).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void abandoningTwiceOrAfterTheEndChangesNothing() {
            CallPlan plan = story.call(ONE);
            plan.begin();
            plan.after(Story.outcome("429/7s"));
            plan.abandon();
            plan.abandon();

            assertThat(story.board.access(EAST)).isEqualTo(cooling(7_000));
        }

        @Test
        void aCallWithoutCandidatesEnds() {
            assertThat(story.call(List.of()).begin()).isInstanceOf(Finish.class);
        }

        @ParameterizedTest
        @CsvSource({
            "RETURN, return",
            "NEXT_REGION, next_region",
            "SAME_REGION, same_region",
            "WAIT, wait",
            "EXHAUSTED, exhausted",
            "OUT_OF_TIME, out_of_time",
            "FAIL_FAST, fail_fast"
        })
        @DisplayName("Design §1: the decisions are a closed vocabulary")
        void theVocabulary(Decision decision, String text) {
            assertThat(decision.text()).isEqualTo(text);
            assertThat(Decision.values()).hasSize(7);
        }
    }

    private void cool(Region region, long seconds) {
        story.board.throttled(sent(story.board, region), Duration.ofSeconds(seconds));
    }

    private static Access cooling(long millis) {
        return new Access.Shut(Access.Cause.COOLING, Duration.ofMillis(millis));
    }

    private static Region sentTo(Step step) {
        assertThat(step).isInstanceOf(Send.class);
        return ((Send) step).region();
    }

    private static RetryRules rules(int maxAttempts, long maxWaitSeconds, long deadlineSeconds) {
        return new RetryRules(
                maxAttempts,
                Duration.ofSeconds(maxWaitSeconds),
                Duration.ofSeconds(deadlineSeconds),
                null,
                null,
                Duration.ofSeconds(60));
    }

    @Nested
    @DisplayName("R5: beside a first call that is out")
    class BesideAFirstCall {

        private final ManualTicker clock = new ManualTicker();
        private final HealthBoard board = new HealthBoard(clock);

        @Test
        void aCallThatMayNotWaitIsToldHowLongTheFirstOneMayTake() {
            leaveFirstCallOut();

            assertThat(plan(Duration.ZERO).begin()).isEqualTo(new Finish(new Ending.Throttled(Duration.ofSeconds(2))));
        }

        @Test
        void callsThatWaitedAndHungUpAreNoCrowd() {
            leaveFirstCallOut();
            for (int i = 0; i < 1_000; i++) {
                CallPlan plan = plan(Duration.ofSeconds(20));
                assertThat(plan.begin()).isInstanceOf(Wait.class);
                plan.abandon();
            }

            assertThat(board.backlog(ONE).spread()).isEqualTo(Duration.ofMillis(100));
        }

        private void leaveFirstCallOut() {
            CallPlan throttled = plan(Duration.ZERO);
            throttled.begin();
            throttled.after(new Outcome.Throttled(429, Duration.ofSeconds(5)));
            clock.advanceSeconds(5);
            assertThat(plan(Duration.ZERO).begin()).isInstanceOf(Send.class);
        }

        private CallPlan plan(Duration maxWait) {
            RetryRules rules = new RetryRules(30, maxWait, Duration.ofSeconds(210), null, null, Duration.ofSeconds(60));
            Deadline deadline = Deadline.of(clock.nanos(), rules.deadline(), null);
            RegionSelector selector = new RegionSelector(board, () -> 0.5);
            return new CallPlan(ONE, Wishes.NONE, rules, deadline, board, selector, () -> 0.5);
        }
    }
}
