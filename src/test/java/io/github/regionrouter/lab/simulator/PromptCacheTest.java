package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PromptCacheTest {

    /** 1,500 tokens, of which 1,024 and three times 128 can be remembered. */
    private static final String INSTRUCTIONS = "abcd".repeat(1_500);

    private final AtomicLong clock = new AtomicLong();
    private final SimulatedRegion region =
            SimulatedRegion.start(RegionConfig.named("eastus2").clock(clock::get));
    private final SimulatedRegion other = SimulatedRegion.start(RegionConfig.named("westus3"));
    private final PromptCache cache = new PromptCache(Caching.USUAL, clock::get);

    @AfterEach
    void stop() {
        region.close();
        other.close();
    }

    @ParameterizedTest(name = "{0} tokens: {1} from the cache")
    @CsvSource({"1023,0", "1024,1024", "1151,1024", "1152,1152", "1500,1408", "10240,10240"})
    void aPromptIsRememberedInSteps(int tokens, long cached) {
        Demand demand = demand("abcd".repeat(tokens), 0);

        assertThat(cache.known(demand)).isZero();
        cache.remember(demand);
        assertThat(cache.known(demand)).isEqualTo(cached);
    }

    @Test
    void onlyTheCommonBeginningCounts() {
        cache.remember(demand(INSTRUCTIONS + "abcd".repeat(500), 0));

        assertThat(cache.known(demand(INSTRUCTIONS + "else".repeat(500), 0))).isEqualTo(1_408);
        assertThat(cache.known(demand("x" + INSTRUCTIONS, 0))).isZero();
    }

    @Test
    void anotherKeyOrOtherToolsFindNothing() {
        cache.remember(demand(INSTRUCTIONS, 1));

        assertThat(cache.known(demand(INSTRUCTIONS, 2))).isZero();
    }

    @Test
    void itIsForgottenFiveToTenMinutesAfterItsLastUse() {
        Demand demand = demand(INSTRUCTIONS, 0);
        cache.remember(demand);

        clock.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThat(cache.known(demand)).isEqualTo(1_408);
        cache.remember(demand);
        clock.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThat(cache.known(demand)).isEqualTo(1_408);
        clock.addAndGet(Duration.ofMinutes(5).plusSeconds(1).toNanos());
        assertThat(cache.known(demand)).isZero();
    }

    @Test
    void itIsForgottenAfterAnHourHoweverMuchItIsUsed() {
        Demand demand = demand(INSTRUCTIONS, 0);
        for (int minutes = 0; minutes <= 60; minutes += 5) {
            cache.remember(demand);
            assertThat(cache.known(demand)).isEqualTo(1_408);
            clock.addAndGet(Duration.ofMinutes(5).toNanos());
        }

        assertThat(cache.known(demand)).isZero();
    }

    @Test
    void usageTellsIt() throws Exception {
        assertThat(chat(region, "gpt-4o", "one")).isZero();
        assertThat(chat(region, "gpt-4o", "two")).isEqualTo(1_408);
        assertThat(chat(region, "gpt-4o-mini", "two")).as("another deployment").isZero();
        assertThat(chat(other, "gpt-4o", "two")).as("another region").isZero();
        clock.addAndGet(Duration.ofMinutes(11).toNanos());
        assertThat(chat(region, "gpt-4o", "one")).isZero();
    }

    @Test
    void responsesAndAnthropicTellItInTheirOwnWords() throws Exception {
        Caller caller = new Caller(region);
        String ask = "{\"model\":\"o3\",\"input\":\"" + INSTRUCTIONS + "\"}";
        caller.post("/openai/v1/responses", ask);

        assertThat(caller.post("/openai/v1/responses", ask).body()).contains("\"cached_tokens\":1408");

        String message = "{\"model\":\"claude\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\""
                + INSTRUCTIONS + "\"}]}";
        assertThat(message(caller, message)).contains("\"input_tokens\":1500", "\"cache_read_input_tokens\":0");
        assertThat(message(caller, message)).contains("\"input_tokens\":92", "\"cache_read_input_tokens\":1408");
    }

    @Test
    void itCanBeSwitchedOff() {
        PromptCache none = new PromptCache(Caching.OFF, clock::get);
        none.remember(demand(INSTRUCTIONS, 0));

        assertThat(none.known(demand(INSTRUCTIONS, 0))).isZero();
    }

    private static String message(Caller caller, String json) throws Exception {
        return caller.send(caller.to("/anthropic/v1/messages")
                        .header("anthropic-version", "2023-06-01")
                        .POST(BodyPublishers.ofString(json)))
                .body();
    }

    private static long chat(SimulatedRegion region, String model, String question) throws Exception {
        String body = "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"system\",\"content\":\"" + INSTRUCTIONS
                + "\"},{\"role\":\"user\",\"content\":\"" + question + "\"}]}";
        JsonObject usage = Caller.json(new Caller(region)
                        .post("/openai/v1/chat/completions", body)
                        .body())
                .object("usage");
        return usage.object("prompt_tokens_details").integer("cached_tokens").orElseThrow();
    }

    private static Demand demand(String prompt, int key) {
        return new Demand(PromptText.of(prompt), 16, key);
    }
}
