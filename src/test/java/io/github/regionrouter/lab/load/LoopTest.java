package io.github.regionrouter.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.testing.HandClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The loops on a clock driven by hand, against a server that answers after the time that the test says. */
final class LoopTest {

    private static final Duration TICK = Duration.ofMillis(1);

    private final HandClock clock = new HandClock();
    private final long start = clock.nanos();
    private final List<CallResult> results = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();
    private final List<Long> sent = new ArrayList<>();
    private int underWay;
    private int mostUnderWay;

    @Test
    void latencyOfAnOpenLoopCountsWhatAStallCostThoseWhoCouldNotSetOut() {
        // One at a time, a call each 100 ms; the first answer takes a second, all others 10 ms.
        run(plan("--rate", "10", "--threads", "1", "--items", "14"), index -> index == 0 ? 1_000 : 10, 5_000);

        assertThat(millis(CallTimes::latency))
                .containsExactly(1_000L, 910L, 820L, 730L, 640L, 550L, 460L, 370L, 280L, 190L, 100L, 10L, 10L, 10L);
        assertThat(millis(CallTimes::service).subList(1, 14)).containsOnly(10L);
    }

    @Test
    void anOpenLoopDoesNotWaitForAnswers() {
        run(plan("--rate", "10", "--items", "5"), index -> 2_000, 5_000);

        assertThat(sent).containsExactly(0L, 100L, 200L, 300L, 400L);
        assertThat(mostUnderWay).isEqualTo(5);
    }

    @Test
    void aClosedLoopCorrectsNothing() {
        run(plan("--threads", "1", "--items", "4"), index -> index == 0 ? 1_000 : 10, 5_000);

        assertThat(millis(CallTimes::latency)).containsExactly(1_000L, 10L, 10L, 10L);
    }

    @Test
    void aClosedLoopHasNoMoreCallsUnderWayThanThreads() {
        run(plan("--threads", "3", "--items", "10"), index -> 100 + index, 5_000);

        assertThat(mostUnderWay).isEqualTo(3);
        assertThat(results).hasSize(10);
        assertThat(results)
                .extracting(result -> result.call().index())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 10).boxed().toList());
    }

    @Test
    void threadsOfARampSetOutOneAfterTheOther() {
        run(plan("--threads", "4", "--items", "4", "--ramp", "2"), index -> 10_000, 12_000);

        assertThat(sent).containsExactly(0L, 500L, 1_000L, 1_500L);
    }

    @Test
    void aDurationEndsSettingOutAndLetsCallsEnd() {
        LoadPlan plan = plan("--rate", "10", "--duration", "0.45");

        run(plan, index -> 1_000, 5_000);

        assertThat(sent).hasSize(5);
        assertThat(results).hasSize(5);
        assertThat(missed).isEmpty();
    }

    @Test
    void callsThatWereDueWhenTheDurationWasOverAreToldWithTheirWaits() {
        run(plan("--rate", "10", "--threads", "1", "--duration", "1"), index -> 1_500, 2_000);

        assertThat(sent).containsExactly(0L);
        assertThat(missed)
                .containsExactly(
                        "1: 900", "2: 800", "3: 700", "4: 600", "5: 500", "6: 400", "7: 300", "8: 200", "9: 100");
    }

    @Test
    void callsThatWereDueAtAnInterruptionAreToldToo() {
        Stop stop = new Stop(clock);
        boolean[] ended = new boolean[1];
        subscribe(stop, plan("--rate", "10", "--threads", "2", "--items", "5"), index -> 60_000, ended);

        IntStream.range(0, 350).forEach(tick -> clock.advance(TICK));
        stop.interrupt(Duration.ofSeconds(2));
        IntStream.range(0, 2_100).forEach(tick -> clock.advance(TICK));

        assertThat(missed).containsExactly("2: 150", "3: 50");
        assertThat(ended).containsExactly(true);
    }

    @Test
    void noCallIsMissedOfThoseThatNeedNotSetOut() {
        run(plan("--rate", "10", "--threads", "1", "--items", "3", "--duration", "1"), index -> 1_500, 2_000);

        assertThat(missed).containsExactly("1: 900", "2: 800");
    }

    @Test
    void aCallThatIsJustDueWhileThereIsRoomIsNotMissed() {
        LoadPlan plan = plan("--rate", "10", "--threads", "2", "--items", "5");
        Backlog backlog = new Backlog(plan, (Pace.Rate) plan.pace(), start);
        backlog.close(start + Plans.nanos(10));

        backlog.tell((index, due, until) -> missed.add("" + index));

        assertThat(missed).isEmpty();
    }

    @Test
    void anInterruptionLeavesCallsUnderWayItsGraceAndNoMore() {

        Stop stop = new Stop(clock);
        LoadPlan plan = plan("--threads", "2", "--items", "100");
        boolean[] ended = new boolean[1];
        subscribe(stop, plan, index -> index % 2 == 0 ? 1_500 : 60_000, ended);

        clock.advance(TICK);
        stop.interrupt(Duration.ofSeconds(2));
        IntStream.range(0, 2_100).forEach(tick -> clock.advance(TICK));

        assertThat(sent).hasSize(2);
        assertThat(results).extracting(result -> result.call().index()).containsExactly(0L);
        assertThat(ended).containsExactly(true);
    }

    private void run(LoadPlan plan, LongUnaryOperator serviceMillis, int millis) {

        Stop stop = new Stop(clock);
        if (plan.duration() != null) {
            stop.after(plan.duration());
        }
        boolean[] ended = new boolean[1];
        subscribe(stop, plan, serviceMillis, ended);
        IntStream.range(0, millis).forEach(tick -> clock.advance(TICK));
        assertThat(ended).as("the run is over").containsExactly(true);
    }

    private void subscribe(Stop stop, LoadPlan plan, LongUnaryOperator serviceMillis, boolean[] ended) {
        new Loop(plan, stop, clock::nanos, clock)
                .run(
                        (index, due) -> Mono.defer(() -> {
                            long now = millis(clock.nanos());
                            sent.add(now);
                            mostUnderWay = Math.max(mostUnderWay, ++underWay);
                            return Mono.delay(Duration.ofMillis(serviceMillis.applyAsLong(index)), clock)
                                    .map(over -> {
                                        underWay--;
                                        long end = millis(clock.nanos());
                                        long intended = due == null ? now : millis(due);
                                        return Plans.result(plan, index, intended, now, end, Status.SERVED);
                                    });
                        }),
                        (index, due, until) -> missed.add(index + ": " + (millis(until) - millis(due))))
                .subscribe(results::add, failure -> {}, () -> ended[0] = true);
    }

    private long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos - start);
    }

    private List<Long> millis(ToLongFunction<CallTimes> of) {
        return results.stream()
                .map(result -> TimeUnit.NANOSECONDS.toMillis(of.applyAsLong(result.times())))
                .toList();
    }

    private static LoadPlan plan(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--url";
        all[1] = "http://a";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Plans.of(all);
    }
}
