package io.github.regionrouter.region;

import static io.github.regionrouter.testing.Regions.region;
import static io.github.regionrouter.testing.Regions.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.regionrouter.testing.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** R2: a call with a cache key goes where that key's prompt is warm. */
final class CacheAffinityTest {

    private final ManualTicker clock = new ManualTicker();
    private final HealthBoard board = new HealthBoard(clock);
    private final RegionSelector selector = new RegionSelector(board, new Random(7)::nextDouble);
    private final Region light = region("light", 1, 1);
    private final Region middle = region("middle", 1, 1);
    private final Region heavy = region("heavy", 1, 2);
    private final List<Region> tier = List.of(light, middle, heavy);

    @Test
    void aKeyKeepsToItsRegionOnEveryInstance() {
        RegionSelector otherInstance = new RegionSelector(new HealthBoard(clock), () -> 0.5);

        for (int key = 0; key < 100; key++) {
            Region home = chosen("key " + key);
            assertThat(chosen("key " + key)).isEqualTo(home);
            assertThat(Objects.requireNonNull(otherInstance.choose(tier, "key " + key))
                            .region())
                    .isEqualTo(home);
        }
    }

    @Test
    void keysAreSharedByWeight() {
        int onHeavy = 0;
        for (int key = 0; key < 10_000; key++) {
            onHeavy += chosen("key " + key).equals(heavy) ? 1 : 0;
        }
        assertThat(onHeavy / 10_000.0).isCloseTo(0.5, within(0.03));
    }

    @Test
    void theSpillOfAKeyHasOneRegionTooAndComesBack() {
        Region home = chosen("k");
        board.throttled(sent(board, home), Duration.ofSeconds(7));
        Region second = chosen("k");
        assertThat(second).isNotEqualTo(home);
        for (int i = 0; i < 20; i++) {
            assertThat(chosen("k")).isEqualTo(second);
        }

        clock.advanceSeconds(7);
        assertThat(chosen("k")).isEqualTo(home);
    }

    @Test
    void aBusyKeyDoesNotFloodItsRegion() {
        Region home = chosen("k");
        for (int i = 0; i < 40; i++) {
            board.sent(chosen("k"));
        }
        int fairShare = 10 * home.weight();

        assertThat(board.inFlight(home)).isBetween(fairShare, (int) Math.ceil(1.25 * (fairShare + 1)));
    }

    private Region chosen(String key) {
        return Objects.requireNonNull(selector.choose(tier, key)).region();
    }
}
