package io.github.regionrouter.telemetry;

import static io.github.regionrouter.testing.Regions.region;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.region.Region;
import io.github.regionrouter.testing.ManualTicker;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** R7: an alarm names region and cause, at most once a minute for each region. */
final class AlarmLogTest {

    private final ManualTicker clock = new ManualTicker();
    private final List<String> lines = new ArrayList<>();
    private final AlarmLog alarms = new AlarmLog(clock, InstantSource.system());
    private final Region east = region("eastus", 1, 1);

    @Test
    void namesRegionAndCauseAndNoKey() {
        alarms.credentialsRefused(east, 401, lines::add);

        assertThat(lines).singleElement().asString().startsWith("{\"event\":\"alarm\",\"region\":\"eastus\"");
        assertThat(lines.get(0)).contains("credentials_refused").doesNotContain("key of the region");
    }

    @Test
    void isRaisedOnceAMinuteForEachRegion() {
        alarms.credentialsRefused(east, 401, lines::add);
        alarms.credentialsRefused(region("westus", 1, 1), 403, lines::add);
        clock.advanceSeconds(59);
        alarms.credentialsRefused(east, 401, lines::add);
        assertThat(lines).hasSize(2);

        clock.advanceSeconds(1);
        alarms.credentialsRefused(east, 401, lines::add);
        assertThat(lines).hasSize(3);
    }
}
