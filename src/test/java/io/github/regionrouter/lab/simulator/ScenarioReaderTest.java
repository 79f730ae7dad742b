package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScenarioReaderTest {

    @Test
    void aRegionNeedsNothingButItsName() throws Exception {
        RegionConfig config = one("{\"name\":\"eastus\"}").config();

        assertThat(config)
                .usingRecursiveComparison()
                .ignoringFields("clock")
                .isEqualTo(RegionConfig.named("eastus").logged(1_000).pace(Pace.AT_ONCE.jitter(0, 7)));
    }

    @Test
    void everyPropertyIsRead() throws Exception {
        Scenario.Part part = one("""
                {"name":"eastus","port":9101,"apiKey":"k","tokensPerMinute":1000,"requestsPerMinute":60,
                 "requestWindowSeconds":1,"firstTokenMs":400,"tokenMs":20,"jitter":0.5,"promptCache":false,
                 "filteredPrompts":["bomb"],"filteredAnswers":[],"logged":5,
                 "deployments":["o3",{"name":"gpt-4o","provisionedTokensPerMinute":50000,"requestWindowSeconds":10}],
                 "faults":[{"kind":"status","status":503,"atMs":10000,"forMs":30000,"times":2,"path":"/responses"}]}
                """);

        RegionConfig config = part.config();
        Quotas quotas = new Quotas(1_000, 60, Duration.ofSeconds(1), 0);
        assertThat(config.port()).isEqualTo(9_101);
        assertThat(config.apiKey()).isEqualTo("k");
        assertThat(config.deployments()).containsExactlyInAnyOrder("o3", "gpt-4o");
        assertThat(config.quotas()).isEqualTo(quotas);
        assertThat(config.quotasOf("o3")).isEqualTo(quotas);
        assertThat(config.quotasOf("gpt-4o")).isEqualTo(new Quotas(1_000, 60, Duration.ofSeconds(10), 50_000));
        assertThat(config.pace()).isEqualTo(new Pace(Duration.ofMillis(400), Duration.ofMillis(20), 0.5, 7));
        assertThat(config.caching()).isEqualTo(Caching.OFF);
        assertThat(config.filter()).isEqualTo(new Filter(Set.of("bomb"), Set.of()));
        assertThat(config.logged()).isEqualTo(5);
        assertThat(part.faults())
                .containsExactly(Fault.status(503)
                        .times(2)
                        .onPath("/responses")
                        .during(Duration.ofSeconds(10), Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|json: no object (expected: a JSON object)",
                "{}|regions: 0 (expected: 1 to 100 regions)",
                "{\"regions\":{}}|regions: {} (expected: a list)",
                "{\"regions\":[1]}|regions[0]: 1 (expected: an object)",
                "{\"seed\":\"x\",\"regions\":[{\"name\":\"a\"}]}|seed: \"x\" (expected: -9223372036854775807 to 9223372036854775807)",
                "{\"region\":[]}|region: unknown (expected: one of [regions, seed])",
            })
    void aDocumentThatIsNoScenarioIsRefused(String json, String problem) {
        assertThat(problems(json)).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"port\":99999|regions[1].port: 99999 (expected: 0 to 65535)",
                "\"port\":9101|regions[1].port: 9101 (expected: a port of its own)",
                "\"name\":\" \"|regions[1].name: \" \" (expected: a text that is not blank)",
                "\"name\":\"first\"|regions[1].name: \"first\" (expected: a name of its own)",
                "\"name\":null|regions[1].name: absent (expected: a text that is not blank)",
                "\"apiKey\":7|regions[1].apiKey: 7 (expected: a text that is not blank)",
                "\"tokensPerMinute\":-1|regions[1].tokensPerMinute: -1 (expected: 0 to 1000000000000)",
                "\"tokensPerMinute\":1.5|regions[1].tokensPerMinute: 1.5 (expected: 0 to 1000000000000)",
                "\"requestWindowSeconds\":5|regions[1].requestWindowSeconds: 5 (expected: 1 or 10)",
                "\"firstTokenMs\":-1|regions[1].firstTokenMs: -1 (expected: 0 to 86400000)",
                "\"jitter\":3|regions[1].jitter: 3 (expected: 0 to 2)",
                "\"jitter\":\"much\"|regions[1].jitter: \"much\" (expected: 0 to 2)",
                "\"promptCache\":1|regions[1].promptCache: 1 (expected: true or false)",
                "\"deployments\":\"gpt-4o\"|regions[1].deployments: \"gpt-4o\" (expected: a list)",
                "\"deployments\":[\"a\",\"a\"]|regions[1].deployments[1]: \"a\" (expected: a name of its own, or an object with one)",
                "\"deployments\":[{\"name\":\"a\",\"tokenMs\":1}]|regions[1].deployments[0].tokenMs: unknown (expected: one of [name, provisionedTokensPerMinute, requestWindowSeconds, requestsPerMinute, tokensPerMinute])",
                "\"filteredPrompts\":[\"a\",\"\"]|regions[1].filteredPrompts[1]: \"\" (expected: a text that is not blank)",
                "\"faults\":[{\"kind\":\"throttle\",\"retryAfterMs\":1,\"headers\":{\"retry-after\":7}}]|regions[1].faults[0].headers: {retry-after=7} (expected: none beside retryAfterMs)",
                "\"faults\":[{\"kind\":\"silence\",\"times\":0}]|regions[1].faults[0].times: 0 (expected: an integer from 1 to 1000000)",
            })
    void aWrongPropertyIsRefusedWithItsPlace(String property, String problem) {
        String second = property.startsWith("\"name\"") ? property : "\"name\":\"second\"," + property;

        assertThat(problems("{\"regions\":[{\"name\":\"first\",\"port\":9101},{" + second + "}]}"))
                .contains(problem);
    }

    @Test
    void aNameThatIsThereTwiceIsToldByItsPlace() {
        assertThat(
                        problems(
                                "{\"seed\":1,\"regions\":[{\"name\":\"a\",\"port\":9101,\"port\":9102,\"faults\":[{\"kind\":\"silence\",\"kind\":\"cutBody\"}]}],\"seed\":2}"))
                .containsExactly(
                        "regions[0].port: twice (expected: once)",
                        "regions[0].faults[0].kind: twice (expected: once)",
                        "seed: twice (expected: once)");
    }

    @Test
    void everythingThatIsWrongIsTold() {
        assertThat(
                        problems(
                                "{\"sed\":1,\"regions\":[{\"port\":-1,\"jitter\":9},{\"name\":\"b\",\"faults\":[{},{\"kind\":\"x\"}]}]}"))
                .hasSize(6)
                .anyMatch(problem -> problem.startsWith("sed: unknown"))
                .anyMatch(problem -> problem.startsWith("regions[0].name: absent"))
                .anyMatch(problem -> problem.startsWith("regions[0].port: -1"))
                .anyMatch(problem -> problem.startsWith("regions[0].jitter: 9"))
                .anyMatch(problem -> problem.startsWith("regions[1].faults[0].kind: null"))
                .anyMatch(problem -> problem.startsWith("regions[1].faults[1].kind: x"));
    }

    private static Scenario.Part one(String region) throws Exception {
        return read("{\"seed\":7,\"regions\":[" + region + "]}").regions().get(0);
    }

    private static List<String> problems(String json) {
        InvalidScenarioException refused = catchThrowableOfType(InvalidScenarioException.class, () -> read(json));
        return refused.problems();
    }

    private static Scenario read(String json) throws InvalidScenarioException {
        return ScenarioReader.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
