package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The clock, from Java and over HTTP. */
final class DrivenClockTest {

    private static final String CLOCK = "/_simulator/clock";

    private final DrivenClock clock = new DrivenClock();
    private SimulatedRegion region = SimulatedRegion.start(
            RegionConfig.named("eastus").requestsPerMinute(6).clock(clock));

    @AfterEach
    void stop() {
        region.close();
    }

    @Test
    void itRunsUnlessItIsStopped() throws Exception {
        long first = clock.getAsLong();
        Thread.sleep(2);
        long second = clock.getAsLong();
        clock.stopped(true);
        long third = clock.getAsLong();
        Thread.sleep(2);

        assertThat(second).isGreaterThan(first);
        assertThat(clock.getAsLong()).isEqualTo(third);
        clock.advance(Duration.ofNanos(5));
        assertThat(clock.getAsLong()).isEqualTo(third + 5);
        clock.stopped(false);
        assertThat(clock.getAsLong())
                .isBetween(third + 5, third + 5 + Duration.ofSeconds(10).toNanos());
    }

    @Test
    void aQuotaComesBackWhenItIsPutForward() throws Exception {
        Caller caller = new Caller(region);
        post("{\"stopped\":true}");
        assertThat(caller.chat().statusCode()).isEqualTo(200);
        assertThat(caller.chat().statusCode()).isEqualTo(429);

        assertThat(post("{\"advanceMs\":10000}").body()).isEqualTo("{\"stopped\":true}");

        assertThat(caller.chat().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"advanceMs\":-1}|advanceMs: -1 (expected: an integer from 0 to 2592000000)",
                "{\"advanceMs\":\"1\"}|advanceMs: 1 (expected: an integer from 0 to 2592000000)",
                "{\"stopped\":1}|stopped: 1 (expected: true or false)",
                "{\"stopped\":true,\"advance\":1}|clock: advance (expected: advanceMs or stopped)",
            })
    void aWrongWishIsRefused(String json, String message) throws Exception {
        HttpResponse<String> response = post(json);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(message);
        assertThat(clock.stopped()).isFalse();
    }

    @Test
    void aClockOfATestIsNotDrivenOverHttp() throws Exception {
        region.close();
        region = SimulatedRegion.start(RegionConfig.named("eastus").clock(() -> 0));

        assertThat(post("{\"advanceMs\":1}").statusCode()).isEqualTo(409);
    }

    private HttpResponse<String> post(String json) throws Exception {
        Caller caller = new Caller(region);
        return caller.send(caller.to(CLOCK).POST(BodyPublishers.ofString(json)));
    }
}
