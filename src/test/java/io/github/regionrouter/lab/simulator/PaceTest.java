package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PaceTest {

    private static final Pace PACE =
            Pace.AT_ONCE.firstToken(Duration.ofMillis(400)).token(Duration.ofMillis(20));

    @Test
    void withoutJitterEveryDelayIsTheOneGiven() {
        Pacer.Delays delays = new Pacer(PACE, "eastus").next();

        assertThat(delays.firstToken()).isEqualTo(Duration.ofMillis(400));
        assertThat(delays.token()).isEqualTo(Duration.ofMillis(20));
        assertThat(delays.tokens(11)).isEqualTo(Duration.ofMillis(600));
        assertThat(delays.tokens(0)).isZero();
    }

    @Test
    void oneSeedDrawsTheSameDelaysAgain() {
        assertThat(drawn("eastus", 7)).isEqualTo(drawn("eastus", 7));
        assertThat(drawn("eastus", 7)).isNotEqualTo(drawn("eastus", 8));
        assertThat(drawn("eastus", 7)).as("regions do not go in step").isNotEqualTo(drawn("westus", 7));
    }

    @Test
    void theDelaysOfAnAnswerDoNotDependOnHowLongTheOneBeforeWas() {
        Pacer one = new Pacer(PACE.jitter(0.5, 7), "eastus");
        Pacer other = new Pacer(PACE.jitter(0.5, 7), "eastus");
        one.next().tokens(3);
        other.next().tokens(300);

        assertThat(one.next().tokens(10)).isEqualTo(other.next().tokens(10));
    }

    @Test
    void halfOfTheDelaysAreShorterThanTheMedianAndATenthMuchLonger() {
        List<Duration> drawn = drawn("eastus", 7);

        assertThat(drawn).allMatch(delay -> delay.compareTo(Duration.ZERO) > 0);
        assertThat(share(drawn, Duration.ofMillis(400))).isBetween(0.45, 0.55);
        assertThat(share(drawn, Duration.ofMillis(587))).as("1.47 times").isBetween(0.07, 0.13);
    }

    @Test
    void wrongPacesAreRefused() {
        assertThatThrownBy(() -> PACE.jitter(2.5, 0)).hasMessage("jitter: 2.5 (expected: 0 to 2)");
        assertThatThrownBy(() -> PACE.token(Duration.ofMillis(-1))).hasMessageStartingWith("tokenDelay: ");
    }

    @Test
    void anAnswerTakesAsLongAsItsTokens() throws Exception {
        Pace quick = Pace.AT_ONCE
                .firstToken(Duration.ofMillis(60))
                .token(Duration.ofMillis(10))
                .jitter(0.3, 7);
        Duration expected = new Pacer(quick, "eastus").next().tokens(16);
        try (SimulatedRegion region =
                SimulatedRegion.start(RegionConfig.named("eastus").pace(quick))) {
            long start = System.nanoTime();
            new Caller(region).chat();

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(expected, expected.plus(Duration.ofSeconds(5)));
        }
    }

    private static List<Duration> drawn(String region, long seed) {
        Pacer pacer = new Pacer(PACE.jitter(0.3, seed), region);
        List<Duration> drawn = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            drawn.add(pacer.next().firstToken());
        }
        return drawn;
    }

    private static double share(List<Duration> drawn, Duration longerThan) {
        return drawn.stream().filter(delay -> delay.compareTo(longerThan) > 0).count() / (double) drawn.size();
    }
}
