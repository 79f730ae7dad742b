package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a response is while it is made: a minute to the first token and a second to each of the 15 after it. */
@Timeout(20)
final class RunningResponsesTest {

    private static final String RESPONSES = "/openai/v1/responses";
    private static final String ASK = "{\"model\":\"gpt-4o\",\"input\":\"one two\"}";
    private static final String STREAM = ASK.replace("}", ",\"stream\":true}");
    private static final String BACKGROUND = ASK.replace("}", ",\"background\":true}");

    private final DrivenClock clock = new DrivenClock();
    private final SimulatedRegion slow = SimulatedRegion.start(RegionConfig.named("eastus2")
            .firstTokenDelay(Duration.ofMinutes(1))
            .tokenDelay(Duration.ofSeconds(1))
            .clock(clock));
    private final SimulatedRegion quick = SimulatedRegion.start(RegionConfig.named("westus3"));

    @BeforeEach
    void stopTheClock() {
        clock.stopped(true);
    }

    @AfterEach
    void stop() {
        slow.close();
        quick.close();
    }

    @Test
    void whatRunsInTheBackgroundIsQueuedThenInProgressThenCompleted() throws Exception {
        String id = id(new Caller(slow).post(RESPONSES, BACKGROUND).body());

        assertThat(status(slow, id)).isEqualTo("queued");
        clock.advance(Duration.ofMinutes(1).minusNanos(1));
        assertThat(status(slow, id)).isEqualTo("queued");
        clock.advance(Duration.ofNanos(1));
        assertThat(status(slow, id)).isEqualTo("in_progress");
        clock.advance(Duration.ofSeconds(15).minusNanos(1));
        assertThat(status(slow, id)).isEqualTo("in_progress");
        clock.advance(Duration.ofNanos(1));
        assertThat(status(slow, id)).isEqualTo("completed");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 60, 74})
    void whatRunsInTheBackgroundIsCancelledMeanwhile(int seconds) throws Exception {
        String id = id(new Caller(slow).post(RESPONSES, BACKGROUND).body());
        clock.advance(Duration.ofSeconds(seconds));

        assertThat(cancel(id).body()).contains("\"status\":\"cancelled\"", "\"output\":[]");

        clock.advance(Duration.ofMinutes(5));
        assertThat(status(slow, id)).isEqualTo("cancelled");
        assertThat(cancel(id).statusCode()).as("once more").isEqualTo(200);
    }

    @Test
    void whatIsCompletedIsNotCancelled() throws Exception {
        String id = id(new Caller(slow).post(RESPONSES, BACKGROUND).body());
        clock.advance(Duration.ofSeconds(75));

        HttpResponse<String> refused = cancel(id);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("Cannot cancel a completed response.", "invalid_request_error");
        assertThat(status(slow, id)).isEqualTo("completed");
    }

    @Test
    void aStreamIsInProgressUntilItsCallerLeaves() throws Exception {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new Caller(slow).open(RESPONSES, STREAM).body(), StandardCharsets.UTF_8))) {
            lines.readLine();
            String id = idOfEvent(lines.readLine());
            assertThat(status(slow, id)).isEqualTo("in_progress");

            lines.close();

            while (status(slow, id).equals("in_progress")) {
                Thread.sleep(5);
            }
            assertThat(status(slow, id)).isEqualTo("cancelled");
        }
    }

    @Test
    void whatRunsInTheBackgroundGoesOnWithoutTheReaderOfItsStream() throws Exception {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new Caller(slow)
                        .open(RESPONSES, STREAM.replace("}", ",\"background\":true}"))
                        .body(),
                StandardCharsets.UTF_8))) {
            lines.readLine();
            String id = idOfEvent(lines.readLine());
            lines.close();
            slow.log().get(0).ending().join();

            assertThat(status(slow, id)).isEqualTo("queued");
            clock.advance(Duration.ofSeconds(75));
            assertThat(status(slow, id)).isEqualTo("completed");
        }
    }

    @Test
    void whoeverReadAStreamToItsEndFindsItCompleted() throws Exception {
        for (int i = 0; i < 30; i++) {
            String stream = new Caller(quick).post(RESPONSES, STREAM).body();

            assertThat(status(quick, idOfEvent("data: " + Caller.data(stream).get(0))))
                    .isEqualTo("completed");
        }
    }

    @Test
    void aStreamThatBrokeOffHasFailed() throws Exception {
        for (Fault fault : new Fault[] {Fault.endStream(6), Fault.errorEvent(6, "{\"type\":\"error\"}")}) {
            quick.faults().add(fault.times(1));
            String stream = new Caller(quick).post(RESPONSES, STREAM).body();
            String id = idOfEvent("data: " + Caller.data(stream).get(0));

            assertThat(status(quick, id)).as(fault.toString()).isEqualTo("failed");
            assertThat(read(quick, id)).contains("\"error\":{\"code\":\"server_error\"", "\"output\":[]");
        }
    }

    private HttpResponse<String> cancel(String id) throws Exception {
        Caller caller = new Caller(slow);
        return caller.send(caller.to(RESPONSES + "/" + id + "/cancel").POST(BodyPublishers.noBody()));
    }

    private static String status(SimulatedRegion region, String id) throws Exception {
        return Caller.json(read(region, id)).text("status").orElseThrow();
    }

    private static String read(SimulatedRegion region, String id) throws Exception {
        Caller caller = new Caller(region);
        return caller.send(caller.to(RESPONSES + "/" + id).GET()).body();
    }

    private static String idOfEvent(String data) throws Exception {
        return Caller.json(data.substring("data: ".length()))
                .object("response")
                .text("id")
                .orElseThrow();
    }

    private static String id(String body) throws Exception {
        return Caller.json(body).text("id").orElseThrow();
    }
}
