package io.github.regionrouter.settings;

import static io.github.regionrouter.settings.Documents.SMALLEST;
import static io.github.regionrouter.settings.Documents.read;
import static io.github.regionrouter.settings.Documents.region;
import static io.github.regionrouter.settings.Documents.with;
import static io.github.regionrouter.settings.Documents.withRegions;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.attempt.RetryRules;
import io.github.regionrouter.region.Credential;
import io.github.regionrouter.region.Model;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.settings.RouterSettings.Caller;
import io.github.regionrouter.settings.RouterSettings.CallerKey;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Design §4: what a good document says. */
class SettingsReaderTest {

    /** The example of design §4; secrets by app setting and by value, since those of a vault need a vault. */
    private static final String EXAMPLE = """
            {
              "models": {
                "gpt-4o": {
                  "regions": [
                    { "name": "swedencentral", "endpoint": "https://aoai-swc.openai.azure.com", "deployment": "gpt-4o", "priority": 1, "weight": 3, "zone": "eu" },
                    { "name": "eastus2", "endpoint": "https://aoai-eus2.openai.azure.com", "priority": 2, "zone": "us", "apiKey": { "setting": "AOAI_KEY_EASTUS2" } }
                  ],
                  "stayInZone": false
                }
              },
              "retry":   { "maxAttempts": 30, "maxWaitSeconds": 20, "deadlineSeconds": 210 },
              "callers": [ { "name": "team-search", "keys": [ { "setting": "CALLER_1" }, { "value": "local-key" } ], "models": ["gpt-4o"], "zone": "eu" } ]
            }
            """;

    @Test
    void theExampleOfTheDesign() {
        RouterSettings settings = read(EXAMPLE, Map.of("AOAI_KEY_EASTUS2", "region-key", "CALLER_1", "first-key"));

        Model model = settings.table().model("gpt-4o");
        assertThat(model.stayInZone()).isFalse();
        assertThat(model.regions()).hasSize(2);
        Region sweden = model.regions().get(0);
        assertThat(sweden.name()).isEqualTo("swedencentral");
        assertThat(sweden.endpoint()).isEqualTo(URI.create("https://aoai-swc.openai.azure.com"));
        assertThat(sweden.deployment().name()).isEqualTo("gpt-4o");
        assertThat(sweden.priority()).isEqualTo(1);
        assertThat(sweden.weight()).isEqualTo(3);
        assertThat(sweden.zone()).isEqualTo("eu");
        assertThat(sweden.credential()).isEqualTo(new Credential.ManagedIdentity());
        assertThat(model.regions().get(1).credential()).isEqualTo(new Credential.ApiKey("region-key"));

        assertThat(settings.retry()).isEqualTo(RetryRules.DEFAULT);

        Caller caller = settings.callers().get(0);
        assertThat(caller.name()).isEqualTo("team-search");
        assertThat(caller.keys()).containsExactly(new CallerKey("first-key"), new CallerKey("local-key"));
        assertThat(caller.models()).containsExactly("gpt-4o");
        assertThat(caller.zone()).isEqualTo("eu");
        assertThat(caller.forceRegion()).isFalse();
    }

    @Test
    void theDefaults() {
        RouterSettings settings = read(withRegions(region("eastus"), region("westus"), region("northus")));

        Model model = settings.table().model("gpt-4o");
        assertThat(model.regions()).extracting(Region::priority).containsExactly(1, 2, 3);
        assertThat(model.regions()).extracting(Region::weight).containsExactly(1, 1, 1);
        assertThat(model.regions())
                .extracting(region -> region.deployment().name())
                .containsOnly("gpt-4o");
        assertThat(model.regions()).extracting(Region::credential).containsOnly(new Credential.ManagedIdentity());
        assertThat(model.regions()).extracting(Region::zone).containsOnlyNulls();
        assertThat(settings.callers()).isEmpty();
        assertThat(settings.retry()).isEqualTo(RetryRules.DEFAULT);
    }

    @Test
    void thePriorityIsThePositionInTheListAlsoBehindRegionsThatNameTheirs() {
        RouterSettings settings =
                read(withRegions(region("a", "\"priority\": 9"), region("b"), region("c", "\"priority\": 1")));

        assertThat(settings.table().model("gpt-4o").regions())
                .extracting(Region::name)
                .containsExactly("c", "b", "a");
        assertThat(settings.table().model("gpt-4o").regions())
                .extracting(Region::priority)
                .containsExactly(1, 2, 9);
    }

    @Test
    void regionsOfOnePriorityShareATier() {
        RouterSettings settings =
                read(withRegions(region("a", "\"priority\": 1"), region("b", "\"priority\": 1", "\"weight\": 5")));

        assertThat(settings.table().model("gpt-4o").regions())
                .extracting(Region::priority)
                .containsOnly(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|30|20000|210000|",
                "{\"maxAttempts\":1}|1|20000|210000|",
                "{\"maxWaitSeconds\":0}|30|0|210000|",
                "{\"maxWaitSeconds\":1.5}|30|1500|210000|",
                "{\"deadlineSeconds\":220}|30|20000|220000|",
                "{\"attemptTimeoutSeconds\":30}|30|20000|210000|30000",
                "{\"maxAttempts\":3.0}|3|20000|210000|",
            })
    @DisplayName("The retry section")
    void retry(String retry, int attempts, long wait, long deadline, Long attemptTimeout) {
        assertThat(read(with("\"retry\":" + retry)).retry())
                .isEqualTo(new RetryRules(
                        attempts,
                        Duration.ofMillis(wait),
                        Duration.ofMillis(deadline),
                        attemptTimeout == null ? null : Duration.ofMillis(attemptTimeout),
                        null,
                        Duration.ofSeconds(60)));
    }

    @Test
    @DisplayName("R1: a caller's zone is a fence whatever the model says")
    void aCallersZoneLeavesItItsOwnCandidates() {
        RouterSettings settings = read(EXAMPLE, Map.of("AOAI_KEY_EASTUS2", "region-key", "CALLER_1", "first-key"));

        assertThat(settings.table()
                        .model("gpt-4o")
                        .candidates(settings.callers().get(0).zone()))
                .extracting(Region::name)
                .containsExactly("swedencentral");
        assertThat(settings.table().model("gpt-4o").candidates(null)).hasSize(2);
    }

    @Test
    @DisplayName("R1: stayInZone keeps callers without a zone in the zone of the first region")
    void stayInZone() {
        RouterSettings settings = read("""
                {"models": {"gpt-4o": {"stayInZone": true, "regions": [
                  {"name": "swedencentral", "endpoint": "https://s.openai.azure.com", "zone": "eu"},
                  {"name": "eastus", "endpoint": "https://e.openai.azure.com", "zone": "us"},
                  {"name": "francecentral", "endpoint": "https://f.openai.azure.com", "zone": "eu"}]}}}
                """);
        Model model = settings.table().model("gpt-4o");

        assertThat(model.candidates(null)).extracting(Region::name).containsExactly("swedencentral", "francecentral");
        assertThat(model.candidates("us")).extracting(Region::name).containsExactly("eastus");
    }

    @Test
    void oneDeploymentMayServeTwoModels() {
        RouterSettings settings = read("""
                {"models": {
                  "gpt-4o": {"regions": [{"name": "eastus", "endpoint": "https://e.openai.azure.com", "deployment": "d"}]},
                  "gpt-4o-eu": {"regions": [{"name": "eastus", "endpoint": "https://e.openai.azure.com", "deployment": "d"}]}}}
                """);
        assertThat(settings.table().deployments()).hasSize(1);
    }

    @Test
    void aCallerWithoutModelsMayUseAll() {
        Caller caller = read(with("\"callers\":[{\"name\":\"a\",\"keys\":[{\"value\":\"k\"}],\"forceRegion\":true}]"))
                .callers()
                .get(0);

        assertThat(caller.mayUse("gpt-4o")).isTrue();
        assertThat(caller.forceRegion()).isTrue();
        assertThat(caller.zone()).isNull();
    }

    @Test
    void aCallerWithModelsMayUseThoseAlone() {
        Caller caller = read(with(
                        "\"callers\":[{\"name\":\"a\",\"keys\":[{\"value\":\"k\"}],\"models\":[\"gpt-4o\"]}]"))
                .callers()
                .get(0);

        assertThat(caller.mayUse("gpt-4o")).isTrue();
        assertThat(caller.mayUse("gpt-4o-mini")).isFalse();
    }

    @Test
    void theSmallestDocumentMayStandInSpaceAndHoldAnyLettersThatJsonHas() {
        assertThat(read("\n\t " + SMALLEST + "\n").table().models()).containsOnlyKeys("gpt-4o");
        assertThat(read(SMALLEST.replace("gpt-4o", "gpt\\u002d4o")).table().models())
                .containsOnlyKeys("gpt-4o");
    }

    @Test
    void aDocumentOfExactlyTheLongestLengthIsRead() {
        String document = SMALLEST.trim();
        String longest = document + " ".repeat(SettingsReader.LONGEST_DOCUMENT - document.length());

        assertThat(SettingsReader.LONGEST_DOCUMENT).isEqualTo(25 * 1024);
        assertThat(read(longest).table().models()).hasSize(1);
    }
}
