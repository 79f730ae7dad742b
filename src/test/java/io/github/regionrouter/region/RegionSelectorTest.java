package io.github.regionrouter.region;

import static io.github.regionrouter.testing.Regions.region;
import static io.github.regionrouter.testing.Regions.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.regionrouter.region.RegionSelector.Choice;
import io.github.regionrouter.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R2: the lowest tier that may be called, and within it by weight and load; R4: never a shut region. */
class RegionSelectorTest {

    private static final int CHOICES = 20_000;

    private final ManualTicker clock = new ManualTicker();
    private final HealthBoard board = new HealthBoard(clock);
    private final RegionSelector selector = new RegionSelector(board, new Random(42)::nextDouble);

    private final Region first = region("first", 1);
    private final Region second = region("second", 2);
    private final Region third = region("third", 3);

    @Test
    void theLowestTierIsTaken() {
        assertThat(shares(List.of(first, second, third))).containsOnlyKeys("first");
    }

    @Test
    void theNextTierIsTakenWhenEveryRegionOfTheUpperOneIsShut() {
        board.throttled(sent(board, first), Duration.ofSeconds(7));

        assertThat(shares(List.of(first, second, third))).containsOnlyKeys("second");
    }

    @Test
    void theUpperTierIsTakenAsLongAsOneOfItsRegionsIsFree() {
        Region twin = region("twin", 1);
        board.throttled(sent(board, first), Duration.ofSeconds(7));

        assertThat(shares(List.of(first, twin, second))).containsOnlyKeys("twin");
    }

    @Test
    void aTierWithAnOpenBreakerIsPassedOver() {
        for (int i = 0; i < 3; i++) {
            board.failed(sent(board, first));
        }
        assertThat(shares(List.of(first, second))).containsOnlyKeys("second");
    }

    @Test
    void nobodyIsChosenWhenAllAreShut() {
        board.throttled(sent(board, first), Duration.ofSeconds(7));
        board.throttled(sent(board, second), Duration.ofSeconds(7));

        assertThat(selector.choose(List.of(first, second), null)).isNull();
    }

    @Test
    void nobodyIsChosenFromNobody() {
        assertThat(selector.choose(List.of(), null)).isNull();
    }

    @Test
    void idleRegionsOfATierShareByWeight() {
        Map<String, Double> shares = shares(List.of(region("six", 1, 6), region("three", 1, 3), region("one", 1, 1)));

        assertThat(shares.get("six")).isCloseTo(0.6, within(0.02));
        assertThat(shares.get("three")).isCloseTo(0.3, within(0.02));
        assertThat(shares.get("one")).isCloseTo(0.1, within(0.02));
    }

    @Test
    void theLoadOfCallsThatStayUnderWaySettlesByWeight() {
        List<Region> tier = List.of(region("three", 1, 3), region("one", 1, 1));
        for (int i = 0; i < 4000; i++) {
            board.sent(selector.choose(tier, null).region());
        }
        assertThat(board.inFlight(tier.get(0)) / 4000.0).isCloseTo(0.75, within(0.02));
    }

    @Test
    void aBusyRegionIsTakenLessOften() {
        Region busy = region("busy");
        Region idle = region("idle");
        for (int i = 0; i < 10; i++) {
            board.sent(busy);
        }
        // Of two picks with equal weight, three in four have the idle one among them.
        assertThat(shares(List.of(busy, idle)).get("idle")).isCloseTo(0.75, within(0.02));
    }

    @Test
    void loadIsCountedPerWeight() {
        Region large = region("large", 1, 10);
        Region small = region("small", 1, 1);
        for (int i = 0; i < 5; i++) {
            board.sent(large);
        }
        board.sent(small);

        // 5/10 is less than 1/1: the large one wins whenever it is among the two picks.
        assertThat(shares(List.of(large, small)).get("large")).isCloseTo(1 - 1 / 121.0, within(0.01));
    }

    @Test
    void aRegionThatComesOutOfAPauseIsChosenAsFirstCallAndThenNoMore() {
        board.throttled(sent(board, first), Duration.ofSeconds(7));
        clock.advanceSeconds(7);

        assertThat(selector.choose(List.of(first, second), null)).isEqualTo(new Choice(first, true, clock.nanos()));
        assertThat(selector.choose(List.of(first, second), null)).isEqualTo(new Choice(second, false, clock.nanos()));
        assertThat(selector.choose(List.of(first), null)).isNull();
    }

    @Test
    void theOthersFollowWhenTheFirstCallIsServed() {
        board.throttled(sent(board, first), Duration.ofSeconds(7));
        clock.advanceSeconds(7);
        selector.choose(List.of(first), null);
        board.served(sent(board, first));

        assertThat(selector.choose(List.of(first), null)).isEqualTo(new Choice(first, false, clock.nanos()));
    }

    @Test
    void theOthersFollowTwoSecondsAfterAFirstCallThatIsNotRefused() {
        board.throttled(sent(board, first), Duration.ofSeconds(7));
        clock.advanceSeconds(7);
        selector.choose(List.of(first), null);
        clock.advanceSeconds(2);

        assertThat(selector.choose(List.of(first), null)).isEqualTo(new Choice(first, false, clock.nanos()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.5, 0.999999999999})
    void everyRandomNumberFindsARegion(double number) {
        RegionSelector fixed = new RegionSelector(board, () -> number);
        List<Region> tier = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            tier.add(region("r" + i, 1, 1 + i * 143));
        }
        assertThat(fixed.choose(tier, null)).isNotNull();
    }

    @Test
    void neverAShutRegionWhateverTheStateOfTheOthers() {
        for (long seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            HealthBoard ownBoard = new HealthBoard(clock);
            RegionSelector own = new RegionSelector(ownBoard, random::nextDouble);
            List<Region> candidates = new ArrayList<>();
            int regions = 1 + random.nextInt(6);
            int tier = 1;
            for (int i = 0; i < regions; i++) {
                tier += random.nextInt(2);
                Region region = region("r" + i, tier, 1 + random.nextInt(5));
                candidates.add(region);
                if (random.nextBoolean()) {
                    ownBoard.throttled(sent(ownBoard, region), Duration.ofSeconds(random.nextInt(3) * 5L));
                }
            }
            clock.advanceSeconds(5);
            Integer lowest = candidates.stream()
                    .filter(region -> !(ownBoard.access(region) instanceof Access.Shut))
                    .map(Region::priority)
                    .min(Integer::compare)
                    .orElse(null);

            Choice choice = own.choose(candidates, null);

            assertThat(choice == null ? null : (Integer) choice.region().priority())
                    .as("tier chosen, seed " + seed)
                    .isEqualTo(lowest);
            if (choice != null) {
                assertThat(ownBoard.access(choice.region()))
                        .as("access, seed " + seed)
                        .isInstanceOf(choice.first() ? Access.FirstCallOut.class : Access.Free.class);
            }
        }
    }

    private Map<String, Double> shares(List<Region> candidates) {
        Map<String, Double> shares = new HashMap<>();
        for (int i = 0; i < CHOICES; i++) {
            Choice choice = selector.choose(candidates, null);
            shares.merge(choice.region().name(), 1.0 / CHOICES, Double::sum);
        }
        return shares;
    }
}
