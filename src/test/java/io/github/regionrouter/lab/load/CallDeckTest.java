package io.github.regionrouter.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class CallDeckTest {

    private static final String[] TWO = {
        "--url", "http://a", "--url", "http://b", "--seed", "7", "--prompt-tokens", "uniform:50-400", "--stream"
    };

    @Test
    void theSameSeedMakesTheSameCalls() {
        assertThat(calls(Plans.of(TWO))).isEqualTo(calls(Plans.of(TWO)));
    }

    @Test
    void eachEndpointIsPickedAboutAsOften() {
        Map<Target, Long> counts =
                calls(Plans.of(TWO)).stream().collect(Collectors.groupingBy(Call::target, Collectors.counting()));

        assertThat(counts.values())
                .hasSize(2)
                .allSatisfy(count -> assertThat(count).isBetween(430L, 570L));
    }

    @Test
    void aPromptIsAboutAsLongAsItShouldBeAndBeginsAsNoOther() throws IOException {
        LoadPlan plan = Plans.of(TWO);
        List<Call> calls = calls(plan).subList(0, 50);

        for (Call call : calls) {
            assertThat(prompt(plan, call)).hasSize(4 * call.promptTokens());
        }
        assertThat(calls.stream()
                        .map(call -> prompt(plan, call).substring(0, 40))
                        .distinct())
                .hasSize(50);
    }

    @Test
    void promptsOfOneCacheKeyBeginAlike() {
        LoadPlan plan = Plans.of("--url", "http://a", "--cache-keys", "3", "--prompt-tokens", "uniform:300-900");
        Function<Call, String> start = call -> prompt(plan, call).substring(0, 1_200);

        Map<Object, Long> starts = calls(plan).stream()
                .collect(Collectors.groupingBy(call -> call.cacheKey() + start.apply(call), Collectors.counting()));

        assertThat(starts).hasSize(3);
        assertThat(body(plan, calls(plan).get(0))).containsKey("prompt_cache_key");
    }

    @Test
    void aStreamIsAskedForItsUsage() {
        assertThat(body(Plans.of(TWO), calls(Plans.of(TWO)).get(0)))
                .containsEntry("stream", true)
                .containsEntry("stream_options", Map.of("include_usage", true))
                .containsEntry("max_tokens", 100)
                .containsEntry("model", "gpt-4o");
    }

    @Test
    void reasoningModelsGetTheirOwnLimit() {
        LoadPlan plan = Plans.of("--url", "http://a", "--max-completion-tokens", "--max-tokens", "30");

        assertThat(body(plan, calls(plan).get(0)))
                .containsEntry("max_completion_tokens", 30)
                .doesNotContainKey("max_tokens");
    }

    private static List<Call> calls(LoadPlan plan) {
        return LongStream.range(0, 1_000).mapToObj(new CallDeck(plan)::call).toList();
    }

    private static String prompt(LoadPlan plan, Call call) {
        Map<?, ?> message = (Map<?, ?>) ((List<?>) body(plan, call).get("messages")).get(0);
        return (String) message.get("content");
    }

    private static Map<String, Object> body(LoadPlan plan, Call call) {
        try (JsonReader json = JsonProviders.createReader(new ChatBody(plan).of(call))) {
            return json.readMap(JsonReader::readUntyped);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }
}
