package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 6,000 tokens a minute are 100 a second, and 1,000 of them fill the bucket. */
final class ProvisionedThroughputTest {

    private static final String UTILISATION = "azure-openai-deployment-utilization";

    private final AtomicLong clock = new AtomicLong(-5);
    private final SimulatedRegion region = SimulatedRegion.start(RegionConfig.named("eastus2")
            .quotas(Quotas.NONE.provisionedTokensPerMinute(6_000).tokensPerMinute(1))
            .clock(clock::get));
    private final Caller caller = new Caller(region);

    @AfterEach
    void stop() {
        region.close();
    }

    @Test
    void aCallOverTheBrimIsServedAndTheNextIsToldHowLongItTakesToRunOut() throws Exception {
        HttpResponse<String> first = chat(984);
        HttpResponse<String> second = chat(24);
        HttpResponse<String> third = chat(1);

        assertThat(first.headers().firstValue(UTILISATION)).contains("100.0%");
        assertThat(second.statusCode()).as("just over the brim is permitted").isEqualTo(200);
        assertThat(second.headers().firstValue(UTILISATION)).contains("104.0%");
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.headers().firstValue(UTILISATION)).contains("104.0%");
        assertThat(third.headers().firstValue("retry-after-ms")).contains("400");
        assertThat(third.headers().firstValue("retry-after")).contains("1");
        assertThat(third.body()).contains("\"code\":\"429\"", "Try again in 1 seconds.");
    }

    @Test
    void whoeverWaitsAsToldIsServed() throws Exception {
        chat(984);
        chat(24);
        clock.addAndGet(Duration.ofMillis(399).toNanos());
        assertThat(chat(1).statusCode()).isEqualTo(429);
        clock.addAndGet(Duration.ofMillis(1).toNanos());

        assertThat(chat(1).statusCode()).isEqualTo(200);
    }

    @Test
    @Timeout(20)
    void whatWasChargedTooMuchIsGivenBackWhenTheAnswerEnds() throws Exception {
        region.faults().add(Fault.stallStream(1).times(1));
        CompletableFuture<HttpResponse<String>> stalled =
                caller.begin(Caller.CHAT, body(4).replace("}]", "}],\"stream\":true,\"max_tokens\":2000"));
        ReceivedRequest first = region.awaitLog(1, Duration.ofSeconds(5)).get(0);
        while (first.status() == 0) {
            Thread.sleep(5);
        }
        assertThat(chat(1).statusCode()).isEqualTo(429);

        stalled.cancel(true);

        while (chat(1).statusCode() != 200) {
            Thread.sleep(5);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoeverReadAnAnswerFindsGivenBackWhatItDidNotUse(boolean stream) throws Exception {
        String ask = body(1).replace("}]", "}],\"max_tokens\":100,\"stream\":" + stream);

        for (int call = 0; call < 50; call++) {
            HttpResponse<String> answer = caller.post(Caller.CHAT, ask);

            assertThat(answer.headers().firstValue(UTILISATION))
                    .as("call %d", call)
                    .contains(String.format(Locale.ROOT, "%.1f%%", (call * (1 + 16) + 1 + 100) / 10.0));
        }
    }

    @Test
    void whatRunsInTheBackgroundIsChargedToo() throws Exception {
        String ask = "{\"model\":\"gpt-4o\",\"input\":\"four\",\"background\":true}";
        caller.post("/openai/v1/responses", ask);

        assertThat(caller.post("/openai/v1/responses", ask).headers().firstValue(UTILISATION))
                .contains("3.4%");
    }

    @Test
    void anAnswerThatEndedCountsAsItIs() {
        ProvisionedThroughput throughput = new ProvisionedThroughput(6_000, clock::get);
        Demand demand = new Demand(PromptText.of("four"), 1_099, 0);

        assertThat(throughput.admit(demand, 0).headers()).containsEntry(UTILISATION, "110.0%");
        assertThat(throughput.admit(demand, 0).admitted()).isFalse();
        throughput.ended(1_099, 99);

        assertThat(throughput.admit(Demand.NONE, 0).headers()).containsEntry(UTILISATION, "10.0%");
    }

    @Test
    void tokensFromTheCacheCostNothing() {
        ProvisionedThroughput throughput = new ProvisionedThroughput(6_000, clock::get);
        Demand demand = new Demand(PromptText.of("x".repeat(2_000)), 0, 0);

        assertThat(throughput.admit(demand, 400).headers()).containsEntry(UTILISATION, "10.0%");
    }

    @Test
    void theBucketRunsOutAndNoFurther() {
        ProvisionedThroughput throughput = new ProvisionedThroughput(6_000, clock::get);
        throughput.admit(new Demand(PromptText.of(null), 500, 0), 0);

        clock.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(throughput.admit(Demand.NONE, 0).headers()).containsEntry(UTILISATION, "20.0%");
        clock.addAndGet(Duration.ofHours(3).toNanos());
        assertThat(throughput.admit(Demand.NONE, 0).headers()).containsEntry(UTILISATION, "0.0%");
    }

    @Test
    void noHeaderOfAQuotaIsThere() throws Exception {
        assertThat(chat(1).headers().map().keySet()).noneMatch(name -> name.startsWith("x-ratelimit"));
    }

    /** A prompt of so many tokens, and an answer of 16. */
    private HttpResponse<String> chat(int promptTokens) throws Exception {
        return caller.post(Caller.CHAT, body(promptTokens));
    }

    private static String body(int promptTokens) {
        return Caller.CHAT_BODY.replace("one two three", "word".repeat(promptTokens));
    }
}
