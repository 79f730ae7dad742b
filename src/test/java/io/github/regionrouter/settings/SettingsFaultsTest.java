package io.github.regionrouter.settings;

import static io.github.regionrouter.settings.Documents.SMALLEST;
import static io.github.regionrouter.settings.Documents.faults;
import static io.github.regionrouter.settings.Documents.faultyPaths;
import static io.github.regionrouter.settings.Documents.region;
import static io.github.regionrouter.settings.Documents.with;
import static io.github.regionrouter.settings.Documents.withRegions;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Design §4: a bad document is refused whole, with every fault by JSON path. */
class SettingsFaultsTest {

    private static final String REGION = "models.gpt-4o.regions[0]";

    @DisplayName("What is wrong with a region")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|name, endpoint",
                "{\"name\":\"a\"}|endpoint",
                "{\"endpoint\":\"https://a\"}|name",
                "{\"name\":7,\"endpoint\":\"https://a\"}|name",
                "{\"name\":\"\",\"endpoint\":\"https://a\"}|name",
                "{\"name\":\"a b\",\"endpoint\":\"https://a\"}|name",
                "{\"name\":\"a,b\",\"endpoint\":\"https://a\"}|name",
                "{\"name\":\"a;b\",\"endpoint\":\"https://a\"}|name",
                "{\"name\":\"a\\r\\nb\",\"endpoint\":\"https://a\"}|name",
                "{\"name\":\"a\",\"endpoint\":7}|endpoint",
                "{\"name\":\"a\",\"endpoint\":null}|endpoint",
                "{\"name\":\"a\",\"endpoint\":\"\"}|endpoint",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"deployment\":\"\"}|deployment",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"deployment\":\"a/b\"}|deployment",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"deployment\":\"a\\\"b\"}|deployment",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"deployment\":[]}|deployment",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"priority\":0}|priority",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"priority\":-1}|priority",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"priority\":1.5}|priority",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"priority\":\"1\"}|priority",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"priority\":99999999999}|priority",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"weight\":0}|weight",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"weight\":-3}|weight",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"weight\":true}|weight",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"weight\":1e400}|weight",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"zone\":\"\"}|zone",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"zone\":null}|zone",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"apiKey\":\"k\"}|apiKey",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"apiKey\":null}|apiKey",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"apiKey\":{}}|apiKey",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"apiKey\":{\"value\":\"\"}}|apiKey.value",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"apiKey\":{\"value\":7}}|apiKey.value",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"apiKey\":{\"setting\":\"NONE\"}}|apiKey.setting",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"apiKey\":{\"setting\":\"BLANK\"}}|apiKey.setting",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"apiKey\":{\"setting\":\"UNRESOLVED\"}}|apiKey.setting",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"apiKey\":{\"value\":\"k\",\"setting\":\"s\"}}|apiKey",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"apiKey\":{\"valve\":\"k\"}}|apiKey.valve",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"wieght\":3}|wieght",
                "{\"name\":\"a\",\"endpoint\":\"https://a\",\"Priority\":3}|Priority",
            })
    void aRegion(String region, String members) {
        Map<String, String> appSettings = Map.of(
                "BLANK", " ", "UNRESOLVED", "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s)");
        List<String> faults = faults(withRegions(region), appSettings);

        for (String member : members.split(", ")) {
            assertThat(faults).anyMatch(fault -> fault.startsWith(REGION + "." + member + ": "));
        }
        assertThat(faults).allMatch(fault -> fault.startsWith(REGION));
    }

    @DisplayName("What is wrong elsewhere")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|models",
                "{\"models\":{}}|models",
                "{\"models\":[]}|models",
                "{\"models\":null}|models",
                "{\"models\":{\"m\":[]}}|models.m",
                "{\"models\":{\"m\":null}}|models.m",
                "{\"models\":{\"m\":{}}}|models.m.regions",
                "{\"models\":{\"m\":{\"regions\":[]}}}|models.m.regions",
                "{\"models\":{\"m\":{\"regions\":{}}}}|models.m.regions",
                "{\"models\":{\"m\":{\"regions\":[7]}}}|models.m.regions[0]",
                "{\"models\":{\"m\":{\"regions\":[null]}}}|models.m.regions[0]",
                "{\"models\":{\"m n\":{\"regions\":[{\"name\":\"a\",\"endpoint\":\"https://a\"}]}}}|models.m n",
                "{\"models\":{\"\":{\"regions\":[{\"name\":\"a\",\"endpoint\":\"https://a\"}]}}}|models",
                "[]|document",
                "\"x\"|document",
                "7|document",
                "null|document",
            })
    void elsewhere(String document, String path) {
        assertThat(faults(document)).anyMatch(fault -> fault.startsWith(path + ": ") || fault.startsWith(path + "."));
    }

    @DisplayName("What is wrong at the top, beside a good model")
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"modles\":{}|modles",
                "\"retry\":[]|retry",
                "\"retry\":null|retry",
                "\"retry\":{\"maxAttempts\":0}|retry.maxAttempts",
                "\"retry\":{\"maxAttempts\":2.5}|retry.maxAttempts",
                "\"retry\":{\"maxAttempts\":\"3\"}|retry.maxAttempts",
                "\"retry\":{\"maxAttempts\":100000}|retry.maxAttempts",
                "\"retry\":{\"maxWaitSeconds\":-1}|retry.maxWaitSeconds",
                "\"retry\":{\"maxWaitSeconds\":100000}|retry.maxWaitSeconds",
                "\"retry\":{\"maxWaitSeconds\":\"20s\"}|retry.maxWaitSeconds",
                "\"retry\":{\"deadlineSeconds\":0}|retry.deadlineSeconds",
                "\"retry\":{\"deadlineSeconds\":221}|retry.deadlineSeconds",
                "\"retry\":{\"deadlineSeconds\":220.001}|retry.deadlineSeconds",
                "\"retry\":{\"deadlineSeconds\":null}|retry.deadlineSeconds",
                "\"retry\":{\"attemptTimeoutSeconds\":0}|retry.attemptTimeoutSeconds",
                "\"retry\":{\"maxAttempt\":3}|retry.maxAttempt",
                "\"callers\":{}|callers",
                "\"callers\":[7]|callers[0]",
                "\"callers\":[{\"keys\":[{\"value\":\"k\"}]}]|callers[0].name",
                "\"callers\":[{\"name\":\"a b\",\"keys\":[{\"value\":\"k\"}]}]|callers[0].name",
                "\"callers\":[{\"name\":\"a\"}]|callers[0].keys",
                "\"callers\":[{\"name\":\"a\",\"keys\":[]}]|callers[0].keys",
                "\"callers\":[{\"name\":\"a\",\"keys\":[{\"value\":\"k\"},{\"setting\":\"NONE\"}]}]|callers[0].keys[1].setting",
                "\"callers\":[{\"name\":\"a\",\"keys\":[{\"value\":\"k\"}],\"models\":[\"gpt-5\"]}]|callers[0].models",
                "\"callers\":[{\"name\":\"a\",\"keys\":[{\"value\":\"k\"}],\"models\":\"gpt-4o\"}]|callers[0].models",
                "\"callers\":[{\"name\":\"a\",\"keys\":[{\"value\":\"k\"}],\"models\":[7]}]|callers[0].models[0]",
                "\"callers\":[{\"name\":\"a\",\"keys\":[{\"value\":\"k\"}],\"zone\":7}]|callers[0].zone",
                "\"callers\":[{\"name\":\"a\",\"keys\":[{\"value\":\"k\"}],\"forceRegion\":\"yes\"}]|callers[0].forceRegion",
                "\"callers\":[{\"name\":\"a\",\"keys\":[{\"value\":\"k\"}],\"force\":true}]|callers[0].force",
            })
    void atTheTop(String members, String path) {
        assertThat(faultyPaths(with(members))).containsExactly(path);
    }

    @Test
    void everyFaultIsListedAtOnce() {
        List<String> paths = faultyPaths("""
                {"models": {
                   "gpt-4o": {"regions": [
                     {"name": "eastus", "endpoint": "http://e.example.com"},
                     {"name": "westus", "endpoint": "https://w.openai.azure.com", "weight": 0, "zoen": "us"}],
                     "stayInZones": true},
                   "gpt-4o-mini": {"regions": []}},
                 "retry": {"maxAttempts": 0, "deadlineSeconds": 900},
                 "callers": [{"name": "a", "keys": [{"value": "k"}]}, {"keys": []}],
                 "colour": "green"}
                """);
        assertThat(paths)
                .contains(
                        "models.gpt-4o.regions[0].endpoint",
                        "models.gpt-4o.regions[1].weight",
                        "models.gpt-4o.regions[1].zoen",
                        "models.gpt-4o.stayInZones",
                        "models.gpt-4o-mini.regions",
                        "retry.maxAttempts",
                        "retry.deadlineSeconds",
                        "callers[1].name",
                        "callers[1].keys",
                        "colour");
    }

    @Test
    void faultsReadAsValueAndExpectation() {
        assertThat(faults(withRegions(region("eastus", "\"weight\": 0"))))
                .singleElement()
                .satisfies(fault -> assertThat(fault).startsWith("models.gpt-4o.regions[0].weight: 0 (expected: "));
        assertThat(faults(SMALLEST.replace("https", "http")))
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("models.gpt-4o.regions[0].endpoint: not an https URL"));
    }

    @Test
    void aFaultInAModelIsNotHeldAgainstTheCallersThatNameIt() {
        String document = SMALLEST.trim().replace("https", "ftp");
        assertThat(faultyPaths(document.substring(0, document.length() - 1)
                        + ",\"callers\":[{\"name\":\"a\",\"keys\":[{\"value\":\"k\"}],\"models\":[\"gpt-4o\"]}]}"))
                .containsExactly("models.gpt-4o.regions[0].endpoint");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"k\"|callers[0].keys[0]",
                "{\"vale\":\"k\"}|callers[0].keys[0].vale",
                "{\"value\":7}|callers[0].keys[0].value",
                "{\"setting\":\"NONE\"}|callers[0].keys[0].setting",
            })
    void aFaultyKeyIsNotSaidToBeMissing(String key, String path) {
        assertThat(faultyPaths(with("\"callers\":[{\"name\":\"a\",\"keys\":[" + key + "]}]")))
                .containsExactly(path);
    }

    @DisplayName("JSON members that stand twice: one of them is a typo")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"models\":{\"m\":{\"regions\":[{\"name\":\"a\",\"endpoint\":\"https://a\"}]}},\"retry\":{},\"retry\":{}}|retry",
                "{\"models\":{\"m\":{\"regions\":[{\"name\":\"a\",\"name\":\"b\",\"endpoint\":\"https://a\"}]}}}|models.m.regions[0].name",
                "{\"models\":{\"m\":{\"regions\":[{\"name\":\"a\",\"endpoint\":\"https://a\"}]},\"m\":{\"regions\":[{\"name\":\"a\",\"endpoint\":\"https://a\"}]}}}|models.m",
                "{\"models\":{\"m\":{\"regions\":[{\"name\":\"a\",\"endpoint\":\"https://a\",\"apiKey\":{\"value\":\"x\",\"value\":\"y\"}}]}}}|models.m.regions[0].apiKey.value",
            })
    void membersThatStandTwice(String document, String path) {
        assertThat(faultyPaths(document)).containsExactly(path);
    }

    @Test
    @DisplayName("§5.1: equal names in one model are faults")
    void twoRegionsOfOneName() {
        assertThat(faults(withRegions(region("eastus"), region("eastus", "\"deployment\": \"other\""))))
                .singleElement()
                .satisfies(fault ->
                        assertThat(fault).startsWith("models.gpt-4o.regions").contains("eastus"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://e.openai.azure.com, https://e.openai.azure.com",
        "https://e.openai.azure.com, https://e.openai.azure.com/",
        "https://e.openai.azure.com, HTTPS://E.OpenAI.Azure.com",
        "https://e.openai.azure.com, https://e.openai.azure.com:443",
    })
    @DisplayName("§5.1: an equal (endpoint, deployment) twice in one model is a fault")
    void twoRegionsOfOneDeployment(String one, String other) {
        String document = withRegions(
                "{\"name\":\"a\",\"endpoint\":\"" + one + "\"}", "{\"name\":\"b\",\"endpoint\":\"" + other + "\"}");

        assertThat(faults(document))
                .singleElement()
                .satisfies(fault -> assertThat(fault).startsWith("models.gpt-4o.regions"));
    }

    @Test
    @DisplayName("§5.1: equal names of two callers are faults")
    void twoCallersOfOneName() {
        assertThat(faults(with("\"callers\":[{\"name\":\"a\",\"keys\":[{\"value\":\"k1\"}]},"
                        + "{\"name\":\"a\",\"keys\":[{\"value\":\"k2\"}]}]")))
                .singleElement()
                .satisfies(fault -> assertThat(fault).startsWith("callers[1].name"));
    }

    @Test
    @DisplayName("§5.1: equal keys of two callers are faults, wherever they come from")
    void twoCallersOfOneKey() {
        assertThat(faults(
                        with("\"callers\":[{\"name\":\"a\",\"keys\":[{\"value\":\"k0\"},{\"value\":\"same-key\"}]},"
                                + "{\"name\":\"b\",\"keys\":[{\"setting\":\"KEY\"}]}]"),
                        Map.of("KEY", "same-key")))
                .singleElement()
                .satisfies(
                        fault -> assertThat(fault).startsWith("callers[1].keys").doesNotContain("same-key"));
    }

    @Test
    void aModelCannotStayInTheZoneOfARegionThatHasNone() {
        assertThat(faultyPaths(SMALLEST.replace("\"regions\"", "\"stayInZone\": true, \"regions\"")))
                .containsExactly("models.gpt-4o.stayInZone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{}}",
                "{} {}",
                "models: {}",
                "{'models': {}}",
                "{\"models\": {},}",
                "<settings/>",
                "{\"models\": NaN}",
                "{\"models\":"
            })
    void whatIsNotJsonIsSaidToBeSo(String document) {
        assertThat(faults(document))
                .singleElement()
                .satisfies(fault -> assertThat(fault).startsWith("document: ").contains("expected"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void deepNestingDoesNoHarm(String open) {
        assertThat(faults(open.repeat(25_000 / open.length()))).isNotEmpty();
    }

    @Test
    @DisplayName("Design §4: a document is at most 25 KB, in bytes")
    void aDocumentThatIsTooLong() {
        String longer = SMALLEST.trim() + " ".repeat(25 * 1024);
        assertThat(faults(longer))
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("document").contains("25600"));

        String inBytes = with("\"x\":\"" + "ä".repeat(13_000) + "\"");
        assertThat(faults(inBytes))
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("25600"));
    }
}
