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
        join(10);

        assertThat(backlog.spread()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void aCrowdIsLetGoAtTwiceTheRateAtWhichItIsServed() {
        serve(100, 10);
        join(400);

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
    void whereNothingWasServedYetAHundredCallsGoWithinASecond() {
        clock.advanceSeconds(5);
        join(100);

        assertThat(backlog.spread()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void callsThatWaitNoMoreDoNotCount() {
        serve(100, 10);
        join(400);
        for (int i = 0; i < 390; i++) {
            backlog.left();
        }

        assertThat(backlog.spread()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void whatWasServedLongAgoIsForgotten() {
        serve(1_000, 10);
        join(400);
        Duration before = backlog.spread();
        clock.advanceSeconds(60);

        assertThat(backlog.spread()).isGreaterThan(before.multipliedBy(2));
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
