package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.Ending;
import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import io.github.regionrouter.testing.WireRegion;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R6 to R10: what becomes of failures, of the caller's mistakes, and of time. */
abstract class FailuresContract extends RouterContract {

    private static final String RESPONSES = "/openai/v1/responses";
    private static final String STORED_RESPONSE = "{\"model\":\"gpt-4o\",\"input\":\"one two\"}";
    private static final String LOOSE_RESPONSE = "{\"model\":\"gpt-4o\",\"input\":\"one two\",\"store\":false}";

    private final HandClock clock = new HandClock();
    private final SimulatedRegion east = region("eastus");
    private final SimulatedRegion west = region("westus");
    private final SimulatedRegion north = region("northeurope");
    private final SettingsJson both = SettingsJson.model("gpt-4o", at(east), at(west));
    private final SettingsJson three = SettingsJson.model("gpt-4o", at(east), at(west), at(north));

    FailuresContract(HostUnderTest host) {
        super(host);
    }

    static Stream<Fault> failures() {
        return Stream.of(
                Fault.status(500),
                Fault.status(502),
                Fault.status(503),
                Fault.status(504),
                Fault.status(408),
                Fault.htmlError(502),
                Fault.htmlError(503),
                Fault.resetAtOnce(),
                Fault.resetAfterRequest());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsAnsweredByTheNextRegion(Fault fault) throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(fault);

        Reply reply = caller.chat().isOk();

        assertThat(reply.text()).contains("westus echoes:");
        assertThat(reply.attempts()).matches("eastus;status=\\d+;next_region, westus;status=200;return");
        assertThat(east.log()).hasSize(1);
    }

    @Test
    void aRegionWhereNobodyListensIsPassedBy() throws Exception {
        Caller caller = start(SettingsJson.model("gpt-4o", at("nobody", nobody()), at(west)), clock);

        assertThat(caller.chat().isOk().attempts()).isEqualTo("nobody;status=0;next_region, westus;status=200;return");
    }

    @Test
    void aRegionThatCannotBeFoundIsPassedBy() throws Exception {
        SettingsJson.At unknown = at("unknown", URI.create("https://no-such-region.invalid"));
        Caller caller = start(SettingsJson.model("gpt-4o", unknown, at(west)), clock);

        assertThat(caller.chat().isOk().attempts()).isEqualTo("unknown;status=0;next_region, westus;status=200;return");
    }

    @Test
    void aRegionThatDoesNotSpeakTlsIsPassedBy() throws Exception {
        SettingsJson.At plain =
                at("plain", URI.create("https://127.0.0.1:" + east.endpoint().getPort()));
        Caller caller = start(SettingsJson.model("gpt-4o", plain, at(west)), clock);

        assertThat(caller.chat().isOk().attempts()).isEqualTo("plain;status=0;next_region, westus;status=200;return");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n\r\n",
                "HTTP/1.1 2OO OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n{}",
                "HTTP/9.9.9 200 OK\r\n\r\n",
                "{\"hello\":1}\r\n\r\n"
            })
    void aRegionThatDoesNotAnswerInHttpIsPassedBy(String nonsense) throws Exception {
        WireRegion odd = wireRegion((request, out) -> {
            out.write(nonsense.getBytes(UTF_8));
            out.flush();
            throw new IOException("enough");
        });
        Caller caller = start(SettingsJson.model("gpt-4o", at("odd", odd.endpoint()), at(west)), clock);

        for (int i = 0; i < 4; i++) {
            assertThat(caller.chat().isOk().attempts()).endsWith("westus;status=200;return");
        }
        assertThat(odd.log()).as("until the breaker opened").hasSize(3);
    }

    @Test
    void anInterimAnswerIsNone() throws Exception {
        WireRegion hinting = wireRegion(
                (request, out) -> out.write("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n".getBytes(UTF_8)));
        Caller caller = start(SettingsJson.model("gpt-4o", at("hinting", hinting.endpoint()), at(west)));

        assertThat(caller.chat().isOk().attempts()).endsWith("westus;status=200;return");
    }

    @ParameterizedTest
    @CsvSource({
        "503, retry-after, 86400",
        "503, retry-after-ms, 86400000",
        "503, retry-after, 61",
        "409, x-ms-retry-after-ms, 60001",
        "409, retry-after, 86400"
    })
    void noWaitOverAMinuteIsRelayed(int status, String header, String value) throws Exception {
        Caller caller = start(both, clock);
        String body = "{\"error\":{\"code\":\"" + status + "\",\"message\":\"Later.\"}}";
        east.faults().add(Fault.status(status, Map.of(header, value), body));
        west.faults().add(Fault.status(status, Map.of(header, value), body));

        Reply reply = caller.chat();

        assertThat(reply.text()).isEqualTo(body);
        assertThat(reply.headers().toString()).doesNotContain("=[" + value + "]");
        assertThat(reply.header("retry-after")).isIn(null, "60");
    }

    @Test
    void aShortWaitIsRelayed() throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.status(409, Map.of("retry-after", "60"), "{}"));

        assertThat(caller.chat().header("retry-after")).isEqualTo("60");
    }

    @Test
    void silenceIsGivenUpAfterTheAttemptsLimit() throws Exception {
        Caller caller = start(both.retry("\"attemptTimeoutSeconds\":1"), clock);
        east.faults().add(Fault.silence());

        CompletableFuture<Reply> reply = caller.beginChat();
        assertThat(east.awaitLog(1, Duration.ofSeconds(10))).hasSize(1);
        clock.advance(Duration.ofMillis(999));
        assertThat(west.log()).isEmpty();
        clock.advance(Duration.ofMillis(1));

        assertThat(reply.get(10, TimeUnit.SECONDS).isOk().attempts())
                .isEqualTo("eastus;status=0;next_region, westus;status=200;return");
        assertThat(east.log().get(0).ending().get(10, TimeUnit.SECONDS)).isEqualTo(Ending.CANCELLED);
    }

    @Test
    void aServerErrorIsTriedInOneOtherRegionAtMost() throws Exception {
        Caller caller = start(three, clock);
        east.faults().add(Fault.status(500));
        west.faults().add(Fault.status(500));

        Reply reply = caller.chat();

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.text()).contains("The server had an error while processing your request");
        assertThat(reply.attempts()).isEqualTo("eastus;status=500;next_region, westus;status=500;exhausted");
        assertThat(reply.header("x-router-region")).isEqualTo("westus");
        assertThat(north.log()).isEmpty();
    }

    @Test
    void aFailureAfterOneServerErrorStillMovesOn() throws Exception {
        Caller caller = start(three, clock);
        east.faults().add(Fault.status(500));
        west.faults().add(Fault.status(503));

        assertThat(caller.chat().isOk().attempts())
                .isEqualTo("eastus;status=500;next_region, westus;status=503;next_region,"
                        + " northeurope;status=200;return");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 413, 415, 422, 424, 431})
    void theCallersMistakeIsReturnedUntouchedAtOnce(int status) throws Exception {
        Caller caller = start(both, clock);
        String body = "{ \"error\" : {\"code\":\"of the region\", \"message\":\"süß\\u0020\"}}\r\n";
        east.faults().add(Fault.status(status, Map.of("x-ms-error-code", "mine"), body));

        Reply reply = caller.chat();

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.text()).isEqualTo(body);
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(reply.header("x-ms-error-code")).isEqualTo("mine");
        assertThat(reply.header("x-router-region")).isEqualTo("eastus");
        assertThat(reply.attempts()).isEqualTo("eastus;status=" + status + ";return");
        assertThat(west.log()).isEmpty();
    }

    @Test
    void aFilteredPromptIsNotSentAnywhereElse() throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.contentFilter());

        Reply reply = caller.chat();

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("\"content_filter\"", "ResponsibleAIPolicyViolation");
        assertThat(east.log()).hasSize(1);
        assertThat(west.log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNeverFollowed(int status) throws Exception {
        SimulatedRegion elsewhere = region("elsewhere");
        Caller caller = start(both, clock);
        Fault redirect = Fault.status(status, Map.of("location", elsewhere.endpoint() + "/openai"), "");
        east.faults().add(redirect);
        assertThat(caller.chat().isOk().attempts())
                .isEqualTo("eastus;status=" + status + ";next_region, westus;status=200;return");

        west.faults().add(redirect);
        Reply reply = caller.chat();
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.headers()).doesNotContainKey("location");
        assertThat(elsewhere.log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aRefusalOfTheRoutersOwnKeyNeverReachesTheCaller(int status) throws Exception {
        Caller caller = start(both, clock);
        Fault refusal = Fault.status(
                status,
                Map.of("www-authenticate", "Bearer authorization_uri=\"https://login\""),
                "{\"error\":{\"code\":\"" + status + "\",\"message\":\"key-of-eastus is wrong\"}}");
        east.faults().add(refusal);
        assertThat(caller.chat().isOk().attempts())
                .isEqualTo("eastus;status=" + status + ";next_region, westus;status=200;return");

        west.faults().add(refusal);
        Reply reply = caller.chat().isError(502, "upstream_auth_failed");
        assertThat(reply.headers()).doesNotContainKey("www-authenticate");
        assertThat(reply.text()).doesNotContain("key-of-");
    }

    @ParameterizedTest
    @CsvSource({"DeploymentNotFound", "404"})
    void whatIsNotInOneRegionMayBeInTheNext(String code) throws Exception {
        Caller caller = start(both, clock);
        String body = "{\"error\":{\"code\":\"" + code + "\",\"message\":\"Not here.\"}}";
        east.faults().add(Fault.status(404, Map.of(), body));
        assertThat(caller.chat().isOk().attempts())
                .isEqualTo("eastus;status=404;next_region, westus;status=200;return");

        west.faults().add(Fault.status(404, Map.of(), body));
        Reply reply = caller.chat();
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text()).isEqualTo(body);
    }

    @Test
    void theLastAnswerInAzuresShapeIsWhatRemainsOfFailures() throws Exception {
        Caller caller = start(three, clock);
        east.faults().add(Fault.status(503));
        west.faults().add(Fault.htmlError(503));
        north.faults().add(Fault.resetAfterRequest());

        Reply reply = caller.chat();

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.text()).contains("temporarily unable to process");
        assertThat(reply.header("x-router-region")).isEqualTo("eastus");
        assertThat(reply.header("backend-service-url"))
                .isEqualTo(east.endpoint().toString());
        assertThat(reply.attempts())
                .isEqualTo("eastus;status=503;next_region, westus;status=503;next_region,"
                        + " northeurope;status=0;exhausted");
    }

    @Test
    void pagesOfProxiesNeverReachTheCaller() throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.htmlError(503));
        west.faults().add(Fault.htmlError(502));

        Reply reply = caller.chat();

        assertThat(reply.status()).isBetween(502, 504);
        reply.isError(reply.status(), "upstream_failed");
        assertThat(reply.text()).doesNotContain("<html");
    }

    @Test
    void regionsThatCannotBeReachedComeToABadGateway() throws Exception {
        Caller caller = start(SettingsJson.model("gpt-4o", at("nobody", nobody()), at(west)), clock);
        west.faults().add(Fault.resetAtOnce());

        Reply reply = caller.chat().isError(502, "upstream_failed");

        assertThat(reply.attempts()).isEqualTo("nobody;status=0;next_region, westus;status=0;exhausted");
        assertThat(reply.headers()).doesNotContainKeys("backend-service-url", "x-router-region");
    }

    @Test
    void throttlingOutweighsFailures() throws Exception {
        Caller caller = start(three, clock);
        east.faults().add(Fault.throttle(Map.of("retry-after", "40")));
        west.faults().add(Fault.status(503));
        north.faults().add(Fault.resetAfterRequest());

        assertThat(caller.chat().isError(429, "429").header("retry-after")).isEqualTo("40");
    }

    @Test
    void threeFailuresInARowOpenTheBreakerAndOneProbeClosesIt() throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.status(503));
        for (int i = 1; i <= 3; i++) {
            caller.chat().isOk();
            assertThat(east.log()).hasSize(i);
        }
        caller.chat().isOk();
        assertThat(east.log()).as("the breaker is open").hasSize(3);

        clock.advance(Duration.ofMillis(4_999));
        caller.chat().isOk();
        assertThat(east.log()).as("for five seconds").hasSize(3);
        clock.advance(Duration.ofMillis(2));
        caller.chat().isOk();
        assertThat(east.log()).as("then one probe").hasSize(4);
        clock.advance(Duration.ofMillis(9_998));
        caller.chat().isOk();
        assertThat(east.log()).as("which failed, so ten seconds").hasSize(4);

        east.faults().clear();
        clock.advance(Duration.ofMillis(3));
        assertThat(caller.chat().isOk().attempts()).isEqualTo("eastus;status=200;return");
        assertThat(caller.chat().isOk().attempts()).isEqualTo("eastus;status=200;return");
    }

    @Test
    void failuresThatAreNotInARowDoNotOpenTheBreaker() throws Exception {
        Caller caller = start(both, clock);
        for (int i = 0; i < 3; i++) {
            east.faults().add(Fault.status(503).times(2));
            caller.chat().isOk();
            caller.chat().isOk();
            assertThat(caller.chat().isOk().attempts()).isEqualTo("eastus;status=200;return");
        }
    }

    @Test
    void withEveryBreakerOpenTheCallerIsToldAtOnce() throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.status(503));
        west.faults().add(Fault.status(503));
        for (int i = 0; i < 3; i++) {
            assertThat(caller.chat().status()).isEqualTo(503);
        }

        Reply reply = caller.chat().isError(503, "no_region_available");

        assertThat(reply.attempts()).isNull();
        assertThat(Integer.parseInt(reply.header("retry-after"))).isBetween(1, 60);
        assertThat(east.log()).hasSize(3);
        assertThat(west.log()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "408"})
    void whatMayHaveBeenStoredIsNotSentTwice(String kind) throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(kind.equals("reset") ? Fault.resetAfterRequest() : Fault.status(408));

        Reply stored = caller.post(RESPONSES, STORED_RESPONSE);
        assertThat(stored.status()).isIn(408, 502);
        assertThat(stored.attempts()).matches("eastus;status=\\d+;fail_fast");
        assertThat(west.log()).isEmpty();

        assertThat(caller.post(RESPONSES, LOOSE_RESPONSE).isOk().attempts())
                .matches("eastus;status=\\d+;next_region, westus;status=200;return");
    }

    @Test
    void whatWasNotCarriedOutMayBeSentElsewhere() throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.throttle(Map.of("retry-after", "30")));

        assertThat(caller.post(RESPONSES, STORED_RESPONSE).isOk().attempts())
                .isEqualTo("eastus;status=429;next_region, westus;status=200;return");
    }

    @Test
    void theDeadlineOfTheCallerEndsASilence() throws Exception {
        Caller caller = start(both);
        east.faults().add(Fault.silence());
        west.faults().add(Fault.silence());

        long began = System.nanoTime();
        Reply reply = caller.with("x-router-timeout-ms", "400").chat().isError(504, "deadline_exceeded");
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);

        assertThat(millis).isBetween(400L, 2_500L);
        assertThat(reply.header("x-should-retry")).isEqualTo("false");
        assertThat(reply.attempts()).isEqualTo("eastus;status=0;out_of_time");
        assertThat(east.log().get(0).ending().get(10, TimeUnit.SECONDS)).isEqualTo(Ending.CANCELLED);
    }

    @ParameterizedTest
    @CsvSource({"x-stainless-timeout, 61, 60", "x-stainless-read-timeout, 31, 30", "x-router-timeout-ms, 15000, 15"})
    void theDeadlineIsTheCallersWhenThatIsShorter(String header, String value, long seconds) throws Exception {
        Caller caller = start(SettingsJson.model("gpt-4o", at(east)), clock).with(header, value);
        east.faults().add(Fault.silence());

        CompletableFuture<Reply> reply = caller.beginChat();
        assertThat(east.awaitLog(1, Duration.ofSeconds(10))).hasSize(1);
        clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
        assertThat(reply).isNotDone();
        clock.advance(Duration.ofMillis(1));

        reply.get(10, TimeUnit.SECONDS).isError(504, "deadline_exceeded");
    }

    @Test
    void theDeadlineOfTheSettingsEndsASilence() throws Exception {
        Caller caller = start(SettingsJson.model("gpt-4o", at(east)).retry("\"deadlineSeconds\":40"), clock)
                .with("x-stainless-timeout", "600");
        east.faults().add(Fault.silence());

        CompletableFuture<Reply> reply = caller.beginChat();
        assertThat(east.awaitLog(1, Duration.ofSeconds(10))).hasSize(1);
        clock.advance(Duration.ofSeconds(40));

        assertThat(reply.get(10, TimeUnit.SECONDS)
                        .isError(504, "deadline_exceeded")
                        .header("x-should-retry"))
                .isEqualTo("false");
    }

    @Test
    void anAnswerThatComesAfterTheDeadlineIsTooLateEvenIfNoTimerHasRung() throws Exception {
        WireRegion slow = wireRegion((request, out) -> {
            clock.advance(Duration.ofSeconds(41));
            WireRegion.answering("{}".getBytes(UTF_8), "HTTP/1.1 200 OK", "Content-Type: application/json")
                    .answer(request, out);
        });
        Caller caller = startWithLateTimers(
                SettingsJson.model("gpt-4o", at("eastus", slow.endpoint())).retry("\"deadlineSeconds\":40"),
                clock,
                new HandClock());

        caller.chat().isError(504, "deadline_exceeded");
    }

    @Test
    void oneSilentRegionLeavesTimeForAnother() throws Exception {
        Caller caller = start(both, clock).with("x-router-timeout-ms", "60000");
        east.faults().add(Fault.silence());

        CompletableFuture<Reply> reply = caller.beginChat();
        assertThat(east.awaitLog(1, Duration.ofSeconds(10))).hasSize(1);
        clock.advance(Duration.ofSeconds(40));

        assertThat(reply.get(10, TimeUnit.SECONDS).isOk().attempts())
                .isEqualTo("eastus;status=0;next_region, westus;status=200;return");
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "0", "1.5", "99999999999999999999"})
    void aDeadlineThatCannotBeReadIsRefused(String value) throws Exception {
        Caller caller = start(both, clock).with("x-router-timeout-ms", value);

        caller.chat().isError(400, "invalid_header");

        assertThat(east.log()).isEmpty();
    }

    @Test
    void theLastAnswerIsTheLastEvenIfAnEarlierOneWasSlowToEnd() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        String early = "{\"error\":{\"code\":\"503\",\"message\":\"early\"}}";
        WireRegion slow = wireRegion((request, out) -> {
            out.write(("HTTP/1.1 503 Busy\r\nContent-Type: application/json\r\nContent-Length: " + early.length()
                            + "\r\n\r\n")
                    .getBytes(UTF_8));
            out.flush();
            end.await();
            out.write(early.getBytes(UTF_8));
        });
        WireRegion last = wireRegion((request, out) -> {
            end.countDown();
            WireRegion.answering("<html>".getBytes(UTF_8), "HTTP/1.1 503 Busy", "Content-Type: text/html")
                    .answer(request, out);
        });
        Caller caller =
                start(SettingsJson.model("gpt-4o", at("slow", slow.endpoint()), at(west), at("last", last.endpoint())));
        west.faults().add(Fault.status(503));

        Reply reply = caller.chat();

        assertThat(reply.text()).contains("temporarily unable to process");
        assertThat(reply.header("x-router-region")).isEqualTo("westus");
    }
}
