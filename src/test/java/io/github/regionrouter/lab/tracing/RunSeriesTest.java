package io.github.regionrouter.lab.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.tracing.RunSeries.Line;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From the router's lines to what is drawn of them. */
final class RunSeriesTest {

    @Test
    void attemptsAreCountedByRegionStatusAndSecond() {
        RunSeries run = RunSeries.of(
                List.of(
                        attempt(0, "westus", 200, ""),
                        attempt(999, "eastus", 429, ",\"retryAfterMs\":2000"),
                        attempt(1_000, "eastus", 429, ",\"retryAfterMs\":7000"),
                        attempt(1_001, "eastus", 503, ""),
                        attempt(2_500, "eastus", 0, ""),
                        attempt(2_600, "eastus", 404, "")),
                3);

        assertThat(run.regions().keySet()).containsExactly("eastus", "westus");
        RunSeries.Attempts east = run.regions().get("eastus");
        assertThat(east.served()).containsExactly(0, 0, 1);
        assertThat(east.throttled()).containsExactly(1, 1, 0);
        assertThat(east.failed()).containsExactly(0, 1, 1);
        assertThat(east.longestWaitMillis()).isEqualTo(7_000);
        assertThat(run.regions().get("westus").served()).containsExactly(1, 0, 0);
    }

    @Test
    void retriedRequestsAndRefusedOnesAreParts() {
        RunSeries run = RunSeries.of(
                List.of(
                        request(10, 1, 200, 0),
                        request(20, 2, 200, 80),
                        request(30, 3, 503, 90),
                        request(40, 0, 429, 0),
                        request(50, 1, 400, 0)),
                1);

        assertThat(run.requests()).containsExactly(5);
        assertThat(run.retried()).containsExactly(2);
        assertThat(run.refused()).containsExactly(2);
    }

    @Test
    void addedLatencyIsThatOfRetriedCallsWhichSucceeded() {
        RunSeries run = RunSeries.of(
                List.of(
                        request(10, 1, 200, 1),
                        request(10, 2, 503, 9_000),
                        request(10, 2, 200, 40),
                        request(20, 2, 200, 20),
                        request(30, 3, 200, 300),
                        request(2_000, 2, 200, 500)),
                3);

        assertThat(run.added(0, 50)).isEqualTo(40);
        assertThat(run.added(0, 95)).isEqualTo(300);
        assertThat(run.added(1, 50)).isNull();
        assertThat(run.added(50)).isEqualTo(40);
        assertThat(run.added(95)).isEqualTo(500);
    }

    @Test
    void whatComesAfterTheEndCountsForTheLastSecondAndOtherLinesForNothing() {
        RunSeries run = RunSeries.of(
                List.of(request(7_000, 1, 200, 0), new Line(0, "{\"event\":\"alarm\",\"region\":\"eastus\"}")), 2);

        assertThat(run.requests()).containsExactly(0, 1);
        assertThat(run.regions()).isEmpty();
    }

    private static Line attempt(long atMillis, String region, int status, String more) {
        return new Line(
                atMillis, "{\"event\":\"attempt\",\"region\":\"" + region + "\",\"status\":" + status + more + "}");
    }

    private static Line request(long atMillis, int attempts, int status, long added) {
        return new Line(
                atMillis,
                "{\"event\":\"request\",\"attempts\":" + attempts + ",\"status\":" + status + ",\"addedLatencyMs\":"
                        + added + "}");
    }
}
