package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.lab.simulator.ReceivedRequest;
import io.github.regionrouter.lab.simulator.RegionConfig;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import io.github.regionrouter.testing.WireRegion;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R3, R4, R5 and R15: what becomes of 429. */
abstract class ThrottlingContract extends RouterContract {

    private static final Map<String, String> FOR_30_SECONDS = Map.of("retry-after", "30");

    private final HandClock clock = new HandClock();
    private final SimulatedRegion east = region("eastus");
    private final SimulatedRegion west = region("westus");
    private final SettingsJson both = SettingsJson.model("gpt-4o", at(east), at(west));

    ThrottlingContract(HostUnderTest host) {
        super(host);
    }

    @Test
    void aThrottledRegionIsPassedByAtOnceAndTheAnswerTellsTheStory() throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.throttle(FOR_30_SECONDS));

        Reply reply = caller.chat().isOk();

        assertThat(reply.text()).contains("westus echoes: one two three");
        assertThat(reply.header("x-router-attempts"))
                .isEqualTo("eastus;status=429;ms=0;decision=next_region, westus;status=200;ms=0;decision=return");
        assertThat(reply.header("x-router-region")).isEqualTo("westus");
        assertThat(reply.header("backend-service-url"))
                .isEqualTo(west.endpoint().toString());
        assertThat(reply.header("x-router-request-id")).isNotBlank();
        assertThat(reply.header("x-ms-region")).isEqualTo("West US");
        assertThat(reply.header("apim-request-id")).isNotBlank();
        assertThat(reply.headers()).doesNotContainKeys("retry-after", "retry-after-ms", "x-should-retry");
    }

    @Test
    void theBodyOfA429IsNotWaitedFor() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        WireRegion stalling = wireRegion((request, out) -> {
            out.write("HTTP/1.1 429 Busy\r\nretry-after: 30\r\nContent-Length: 100\r\n\r\n{".getBytes(UTF_8));
            out.flush();
            end.await();
        });
        Caller caller = start(SettingsJson.model("gpt-4o", at("stalling", stalling.endpoint()), at(west)), clock);

        assertThat(caller.chat().isOk().attempts())
                .isEqualTo("stalling;status=429;next_region, westus;status=200;return");

        end.countDown();
    }

    @Test
    void theTimesOfTheAttemptsAreMeasured() throws Exception {
        east.faults().add(Fault.throttle(FOR_30_SECONDS));
        west.faults().add(Fault.slowFirstByte(Duration.ofMillis(120)));
        Caller caller = start(both);

        String story = caller.chat().isOk().header("x-router-attempts");

        assertThat(story)
                .matches("eastus;status=429;ms=\\d+;decision=next_region, westus;status=200;ms=\\d+;decision=return");
        assertThat(Long.parseLong(story.replaceAll(".*ms=(\\d+).*", "$1"))).isBetween(115L, 5_000L);
    }

    @Test
    void everyCallHasAnIdOfItsOwn() throws Exception {
        Caller caller = start(both);

        assertThat(caller.chat().header("x-router-request-id"))
                .isNotEqualTo(caller.chat().header("x-router-request-id"));
    }

    @Test
    void whatARegionSaysOfItsQuotaReachesTheCaller() throws Exception {
        SimulatedRegion quota =
                region(RegionConfig.named("eastus2").tokensPerMinute(5_000).requestsPerMinute(600));
        Caller caller = start(SettingsJson.model("gpt-4o", at(quota)));

        Reply reply = caller.chat().isOk();

        assertThat(reply.header("x-ratelimit-limit-tokens")).isEqualTo("5000");
        assertThat(reply.header("x-ratelimit-remaining-tokens")).isNotBlank();
        assertThat(reply.header("x-ratelimit-limit-requests")).isNotBlank();
    }

    @Test
    void aCoolingRegionIsLeftAloneUntilItsTimeIsOver() throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.throttle(FOR_30_SECONDS).times(1));
        caller.chat().isOk();

        for (int second = 0; second < 30; second += 6) {
            assertThat(caller.chat().isOk().attempts()).isEqualTo("westus;status=200;return");
            clock.advance(Duration.ofSeconds(5));
            assertThat(caller.v1Chat().isOk().attempts()).isEqualTo("westus;status=200;return");
            clock.advance(Duration.ofMillis(999));
        }
        assertThat(east.log()).hasSize(1);

        clock.advance(Duration.ofMillis(5));
        assertThat(caller.chat().isOk().attempts()).isEqualTo("eastus;status=200;return");
    }

    @Test
    void afterACooldownOneCallGoesFirstAndTheOthersFollowWhenItIsServed() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        WireRegion first = wireRegion(throttledThenHeld(30, answer));
        Caller caller = start(SettingsJson.model("gpt-4o", at("first", first.endpoint()), at(west)), clock);
        caller.chat().isOk();
        clock.advance(Duration.ofMillis(30_001));

        CountDownLatch nineteen = new CountDownLatch(19);
        List<CompletableFuture<Reply>> twenty = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            CompletableFuture<Reply> call = caller.beginChat();
            twenty.add(call.whenComplete((reply, failure) -> nineteen.countDown()));
        }
        assertThat(nineteen.await(10, TimeUnit.SECONDS)).isTrue();
        first.awaitLog(2);
        assertThat(first.log()).hasSize(2);

        answer.countDown();
        for (CompletableFuture<Reply> one : twenty) {
            one.get(10, TimeUnit.SECONDS).isOk();
        }
        assertThat(caller.chat().isOk().attempts()).isEqualTo("first;status=200;return");
    }

    @ParameterizedTest
    @CsvSource({
        "retry-after-ms: 1500 | retry-after: 30, 1500",
        "x-ms-retry-after-ms: 2500 | retry-after: 30, 2500",
        "retry-after: 2.5, 2500",
        "retry-after: 12 | x-ratelimit-reset-tokens: 40, 12000",
        "retry-after: HTTP-DATE+20, 20000",
        "x-ratelimit-reset-tokens: 7 | x-ratelimit-reset-requests: 9, 9000",
        "x-ratelimit-reset-tokens: 50s | x-ratelimit-reset-requests: 120ms, 50000",
        "retry-after: 120, 60000",
        "retry-after: 300, 60000",
        "retry-after: soon, 5000",
        "retry-after: -7, 5000",
        "retry-after-ms: 12e3 | retry-after: 3, 3000",
        "x-unrelated: 1, 5000"
    })
    void aRegionCoolsForAsLongAsItsAnswerSays(String headers, long expectedMillis) throws Exception {
        Caller caller = start(both, clock);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                clock.instant().plusSeconds(20).atOffset(ZoneOffset.UTC));
        Map<String, String> sent = new HashMap<>();
        for (String header : headers.replace("HTTP-DATE+20", date).split(" \\| ", -1)) {
            sent.put(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 2));
        }
        east.faults()
                .add(Fault.status(429, sent, "{\"error\":{\"code\":\"429\",\"message\":\"Slow down.\"}}")
                        .times(1));
        caller.chat().isOk();

        clock.advance(Duration.ofMillis(expectedMillis - 1));
        assertThat(caller.chat().attempts()).isEqualTo("westus;status=200;return");
        clock.advance(Duration.ofMillis(2));
        assertThat(caller.chat().attempts()).isEqualTo("eastus;status=200;return");
    }

    @ParameterizedTest
    @CsvSource({
        "Please retry after 11 seconds., 11000",
        "Rate limit is exceeded. Try again in 2 seconds., 2000",
        "Please try again in 700 milliseconds., 700"
    })
    void theSentenceInTheBodyCountsWhenHeadersSayNothing(String sentence, long expectedMillis) throws Exception {
        Caller caller = start(both, clock);
        east.faults()
                .add(Fault.status(429, Map.of(), "{\"error\":{\"code\":\"429\",\"message\":\"" + sentence + "\"}}")
                        .times(1));
        caller.chat().isOk();

        clock.advance(Duration.ofMillis(expectedMillis - 1));
        assertThat(caller.chat().attempts()).isEqualTo("westus;status=200;return");
        clock.advance(Duration.ofMillis(2));
        assertThat(caller.chat().attempts()).isEqualTo("eastus;status=200;return");
    }

    @Test
    void withoutAnyHintTheCooldownDoubles() throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.status(429, Map.of(), "busy"));

        for (int seconds : new int[] {5, 10, 20, 40, 60, 60}) {
            int before = east.log().size();
            assertThat(caller.chat().isOk().attempts()).startsWith("eastus;status=429;next_region");
            clock.advance(Duration.ofMillis(seconds * 1000L - 1));
            caller.chat().isOk();
            assertThat(east.log()).as("within %s s", seconds).hasSize(before + 1);
            clock.advance(Duration.ofMillis(2));
        }
    }

    @Test
    void aShortCooldownOfAllIsWaitedFor() throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.throttle(Map.of("retry-after", "15")).times(1));
        west.faults().add(Fault.throttle(Map.of("retry-after", "10")).times(1));

        CompletableFuture<Reply> reply = caller.beginChat();
        clock.awaitTimer(Duration.ofSeconds(10), Duration.ofSeconds(11));
        clock.advance(Duration.ofMillis(9_999));
        assertThat(reply).isNotDone();
        assertThat(east.log()).hasSize(1);
        assertThat(west.log()).hasSize(1);
        clock.advance(Duration.ofSeconds(1));

        assertThat(reply.get(10, TimeUnit.SECONDS).isOk().attempts())
                .isEqualTo("eastus;status=429;next_region, westus;status=429;wait, westus;status=200;return");
    }

    @Test
    void aWaitIsReallyWaited() throws Exception {
        SettingsJson one = SettingsJson.model("gpt-4o", at(east));
        east.faults().add(Fault.throttle(Map.of("retry-after-ms", "300")).times(1));
        Caller caller = start(one);

        assertThat(caller.chat().isOk().attempts()).isEqualTo("eastus;status=429;wait, eastus;status=200;return");

        List<ReceivedRequest> log = east.log();
        assertThat(log.get(1).arrivedNanos() - log.get(0).arrivedNanos())
                .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(300));
    }

    @Test
    void aWaitThatTheDeadlineDoesNotLeaveIsNotBegun() throws Exception {
        Caller caller = start(SettingsJson.model("gpt-4o", at(east)), clock).with("x-router-timeout-ms", "9000");
        east.faults().add(Fault.throttle(Map.of("retry-after", "8")));

        assertThat(caller.chat().isError(429, "429").header("retry-after")).isEqualTo("8");
    }

    @Test
    void aHundredWhoWaitedLetOneGoFirst() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        WireRegion first = wireRegion(throttledThenHeld(10, answer));
        Caller caller = start(SettingsJson.model("gpt-4o", at("first", first.endpoint())), clock);
        List<CompletableFuture<Reply>> hundred = new ArrayList<>();
        hundred.add(caller.beginChat());
        clock.awaitTimer(Duration.ofSeconds(10), Duration.ofSeconds(11));
        for (int i = 1; i < 100; i++) {
            hundred.add(caller.beginChat());
        }
        clock.awaitTimers(100, Duration.ofSeconds(10), Duration.ofSeconds(11));

        clock.advance(Duration.ofMillis(11_100)); // a crowd's waits end over a second
        clock.awaitTimers(99, Duration.ZERO, Duration.ofMillis(1_050));
        first.awaitLog(2);
        assertThat(first.log()).as("the throttled one, and the first after it").hasSize(2);
        answer.countDown();
        CompletableFuture.anyOf(hundred.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        clock.advance(Duration.ofMillis(1_100));

        for (CompletableFuture<Reply> one : hundred) {
            one.get(10, TimeUnit.SECONDS).isOk();
        }
        assertThat(first.log()).hasSize(101);
    }

    @Test
    void aFirstCallThatTakesLongDoesNotKeepTheOthersAway() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        WireRegion first = wireRegion(throttledThenHeld(10, answer));
        Caller caller = start(SettingsJson.model("gpt-4o", at("first", first.endpoint()), at(west)), clock);
        caller.chat().isOk();
        clock.advance(Duration.ofMillis(10_001));
        CompletableFuture<Reply> slow = caller.beginChat();
        first.awaitLog(2);

        clock.advance(Duration.ofMillis(1_999));
        assertThat(caller.chat().isOk().attempts()).isEqualTo("westus;status=200;return");
        clock.advance(Duration.ofMillis(2));
        CompletableFuture<Reply> other = caller.beginChat();
        first.awaitLog(3);

        answer.countDown();
        slow.get(10, TimeUnit.SECONDS).isOk();
        other.get(10, TimeUnit.SECONDS).isOk();
    }

    /** Answers its first call 429, and every later one when it may. */
    private static WireRegion.Script throttledThenHeld(int seconds, CountDownLatch answer) {
        AtomicInteger calls = new AtomicInteger();
        WireRegion.Script throttle = WireRegion.answering(new byte[0], "HTTP/1.1 429 Busy", "retry-after: " + seconds);
        WireRegion.Script served = WireRegion.answering(new byte[0], "HTTP/1.1 200 OK");
        return (request, out) -> {
            if (calls.incrementAndGet() == 1) {
                throttle.answer(request, out);
            } else {
                answer.await();
                served.answer(request, out);
            }
        };
    }

    @Test
    void theWaitsOfOneCallAreBoundedTogether() throws Exception {
        Caller caller = start(SettingsJson.model("gpt-4o", at(east)).retry("\"maxWaitSeconds\":12"), clock);
        east.faults().add(Fault.throttle(Map.of("retry-after", "8")));

        CompletableFuture<Reply> reply = caller.beginChat();
        clock.awaitTimer(Duration.ofSeconds(8), Duration.ofSeconds(9));
        clock.advance(Duration.ofSeconds(9));

        Reply refused = reply.get(10, TimeUnit.SECONDS).isError(429, "429");
        assertThat(refused.attempts()).isEqualTo("eastus;status=429;wait, eastus;status=429;exhausted");
        assertThat(refused.header("retry-after")).isEqualTo("8");
    }

    @Test
    void attemptsAreBounded() throws Exception {
        east.faults().add(Fault.throttle(Map.of("retry-after-ms", "50")));
        west.faults().add(Fault.throttle(Map.of("retry-after-ms", "50")));
        Caller caller = start(both.retry("\"maxAttempts\":5"));

        Reply reply = caller.chat().isError(429, "429");

        assertThat(reply.attempts()).endsWith(";exhausted");
        assertThat(east.log().size() + west.log().size()).isEqualTo(5);
    }

    @Test
    void aLongCooldownOfAllIsToldAtOnceAndNobodyIsCalledMeanwhile() throws Exception {
        Caller caller = start(both.retry("\"maxWaitSeconds\":0"), clock);
        east.faults().add(Fault.throttle(Map.of("retry-after", "45")));
        west.faults().add(Fault.throttle(Map.of("retry-after-ms", "25000")));

        Reply first = caller.chat().isError(429, "429");
        assertThat(first.attempts()).isEqualTo("eastus;status=429;next_region, westus;status=429;exhausted");
        assertThat(first.header("retry-after")).isEqualTo("25");
        assertThat(first.header("retry-after-ms")).isEqualTo("25000");
        assertThat(first.message()).contains("Please retry after 25 seconds.");
        assertThat(first.headers()).doesNotContainKey("backend-service-url");

        clock.advance(Duration.ofMillis(12_500));
        Reply second = caller.v1Chat().isError(429, "429");
        assertThat(second.attempts()).isNull();
        assertThat(second.header("retry-after-ms")).isEqualTo("12500");
        assertThat(second.header("retry-after")).isEqualTo("13");
        assertThat(east.log()).hasSize(1);
        assertThat(west.log()).hasSize(1);
    }

    @Test
    void aCallerIsNeverToldToWaitLongerThanAMinute() throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.throttle(Map.of("retry-after", "299")));
        west.faults().add(Fault.throttle(Map.of("retry-after", "200")));

        Reply reply = caller.chat().isError(429, "429");

        assertThat(reply.header("retry-after")).isEqualTo("60");
        assertThat(reply.header("retry-after-ms")).isEqualTo("60000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"86400", "301"})
    void aWaitThatMeansNeverCoolsNothing(String seconds) throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.throttle(Map.of("retry-after", seconds)).times(1));

        Reply first = caller.chat().isOk();
        assertThat(first.attempts()).isEqualTo("eastus;status=429;next_region, westus;status=200;return");
        assertThat(first.headers()).doesNotContainKeys("retry-after", "retry-after-ms", "x-should-retry");

        assertThat(caller.chat().isOk().attempts()).isEqualTo("eastus;status=200;return");
    }

    @Test
    void aRequestThatFitsNowhereIsNotToBeRepeated() throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.throttle(Map.of("retry-after", "86400", "retry-after-ms", "86400000")));
        west.faults().add(Fault.throttle(Map.of("retry-after", "86400")));

        for (int time = 1; time <= 2; time++) {
            Reply reply = caller.chat();
            assertThat(reply.status()).isEqualTo(429);
            reply.isError(429, "request_exceeds_quota");
            assertThat(reply.header("retry-after")).isEqualTo("60");
            assertThat(reply.header("x-should-retry")).isEqualTo("false");
            assertThat(reply.header("retry-after-ms")).isEqualTo("60000");
            assertThat(reply.text()).doesNotContain("86400");
            assertThat(east.log()).hasSize(time);
            assertThat(west.log()).hasSize(time);
        }
    }

    @Test
    void aRequestThatDoesNotFitInOneRegionWaitsForTheOther() throws Exception {
        Caller caller = start(both.retry("\"maxWaitSeconds\":0"), clock);
        east.faults().add(Fault.throttle(Map.of("retry-after", "86400")));
        west.faults().add(Fault.throttle(Map.of("retry-after", "17")));

        Reply reply = caller.chat().isError(429, "429");

        assertThat(reply.header("retry-after")).isEqualTo("17");
        assertThat(reply.headers()).doesNotContainKey("x-should-retry");
    }

    @Test
    void aCooldownIsOfOneDeploymentAndNotOfItsResource() throws Exception {
        Caller caller = start(both.and("o3", at(east), at(west)), clock);
        east.faults().add(Fault.throttle(FOR_30_SECONDS).times(1));

        caller.chat().isOk();
        String other = "/openai/deployments/o3/chat/completions?api-version=2024-10-21";
        assertThat(caller.post(other, Caller.CHAT_BODY).isOk().attempts()).isEqualTo("eastus;status=200;return");
        assertThat(caller.chat().isOk().attempts()).isEqualTo("westus;status=200;return");
    }

    @Test
    void aHundredCallersLeaveARegionAloneOnceItsFirst429WasAnswered() throws Exception {
        Caller caller = start(both);
        Queue<Told> story = new ConcurrentLinkedQueue<>();
        AtomicInteger answered = new AtomicInteger();
        List<CompletableFuture<Void>> hundred = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            hundred.add(callAgain(caller, 4, story, answered));
        }
        CompletableFuture.allOf(hundred.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);

        assertThat(story).hasSize(400).allMatch(told -> told.reply.status() == 200);
        List<Told> throttled = story.stream()
                .filter(told -> told.reply.attempts().contains("eastus;status=429"))
                .toList();
        assertThat(throttled).isNotEmpty();
        long known = throttled.stream().mapToLong(Told::ended).min().getAsLong();
        List<Told> later = story.stream().filter(told -> told.began > known).toList();
        assertThat(later)
                .hasSizeGreaterThan(20)
                .allMatch(told -> told.reply.attempts().equals("westus;status=200;return"));
        int before = east.log().size();
        for (int i = 0; i < 20; i++) {
            caller.chat().isOk();
        }
        assertThat(east.log()).hasSize(before);
    }

    /** Calls again and again; the region turns 429 in the middle of it. */
    private CompletableFuture<Void> callAgain(Caller caller, int times, Queue<Told> story, AtomicInteger answered) {
        if (times == 0) {
            return CompletableFuture.completedFuture(null);
        }
        long began = System.nanoTime();
        return caller.beginChat().thenCompose(reply -> {
            story.add(new Told(began, System.nanoTime(), reply));
            if (answered.incrementAndGet() == 150) {
                east.faults().add(Fault.throttle(FOR_30_SECONDS));
            }
            return callAgain(caller, times - 1, story, answered);
        });
    }

    private record Told(long began, long ended, Reply reply) {}
}
