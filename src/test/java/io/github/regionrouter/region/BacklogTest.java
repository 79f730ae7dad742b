package io.github.regionrouter.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.testing.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** R5: over how long a time the ends of waits are spread. */
class BacklogTest {

    private final ManualTicker clock = new ManualTicker();
    private final Backlog backlog = new Backlog(clock);

    @Test
    void aFewCallsGoWithinATenthOfASecond() {
        join(Backlog.FEW);

        assertThat(backlog.spread()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void aCrowdIsLetGoAtTwiceTheRateAtWhichItIsServed() {
        serve(50, 10); // 50 calls a second
        join(200);

        assertThat(backlog.spread()).isCloseTo(Duration.ofSeconds(2), Duration.ofMillis(1));
    }

    @Test
    void aCrowdThatIsSoonServedGoesWithinATenthOfASecondToo() {
        serve(10_000, 1);
        join(200);

        assertThat(backlog.spread()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void tenSecondsAreTheMost() {
        serve(1, 10);
        join(10_000);

        assertThat(backlog.spread()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whereNothingWasServedYetACrowdTakesItsTime() {
        clock.advanceSeconds(5);
        join(1_000);

        assertThat(backlog.spread()).isEqualTo(Backlog.LONGEST_SPREAD);
    }

    @Test
    void callsThatWaitNoMoreDoNotCount() {
        serve(50, 10);
        join(200);
        for (int i = 0; i < 190; i++) {
            backlog.left();
        }

        assertThat(backlog.spread()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void whatWasServedLongAgoIsForgotten() {
        serve(50, 10);
        join(200);
        Duration before = backlog.spread();
        clock.advanceSeconds(60);

        assertThat(backlog.spread()).isGreaterThan(before.multipliedBy(4));
    }

    private void join(int calls) {
        for (int i = 0; i < calls; i++) {
            backlog.joined();
        }
    }

    private void serve(int each, int seconds) {
        for (int i = 0; i < seconds; i++) {
            for (int call = 0; call < each; call++) {
                backlog.served();
            }
            clock.advanceSeconds(1);
        }
    }
}
