package io.github.regionrouter.settings;

import static io.github.regionrouter.settings.Documents.faults;
import static io.github.regionrouter.settings.Documents.read;
import static io.github.regionrouter.settings.Documents.region;
import static io.github.regionrouter.settings.Documents.with;
import static io.github.regionrouter.settings.Documents.withRegions;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.region.Credential;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Design §7: keys and tokens never appear anywhere. */
class SecretsStayHiddenTest {

    private static final String SECRET = "s3cr3t";

    @Test
    void notInTheTextFormOfTheSettings() {
        RouterSettings settings = read("""
                {"models": {"gpt-4o": {"regions": [
                   {"name": "a", "endpoint": "https://a.openai.azure.com", "apiKey": {"value": "s3cr3t-1"}},
                   {"name": "b", "endpoint": "https://b.openai.azure.com", "apiKey": {"setting": "KEY"}}]}},
                 "callers": [{"name": "c", "keys": [{"value": "s3cr3t-3"}, {"setting": "CALLER"}]}]}
                """, Map.of("KEY", "s3cr3t-2", "CALLER", "s3cr3t-4"));

        assertThat(settings.table().model("gpt-4o").regions().get(1).credential())
                .isEqualTo(new Credential.ApiKey("s3cr3t-2"));
        assertThat(settings.toString()).doesNotContain(SECRET);
        assertThat(settings.table().toString()).doesNotContain(SECRET);
        assertThat(settings.callers().toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"apiKey\": \"s3cr3t\"",
                "\"apiKey\": [\"s3cr3t\"]",
                "\"apiKey\": {\"value\": [\"s3cr3t\"]}",
                "\"apiKey\": {\"value\": {\"value\": \"s3cr3t\"}}",
                "\"apiKey\": {\"value\": \"s3cr3t with spaces\"}",
                "\"apiKey\": {\"value\": \"s3cr3t\\r\\nhost: evil\"}",
                "\"apiKey\": {\"value\": \"s3cr3t-ä\"}",
                "\"apiKey\": {\"value\": \"s3cr3t\", \"setting\": \"KEY\"}",
                "\"apiKey\": {\"valeu\": \"s3cr3t\"}",
                "\"apiKey\": {\"value\": \"s3cr3t\", \"value\": \"s3cr3t\"}",
                "\"apikey\": {\"value\": \"s3cr3t\"}",
                "\"apiKey\": {\"value\": \"s3cr3t\"}, \"weight\": 0",
                "\"apiKey\": {\"value\": \"s3cr3t\"} \"weight\": 1"
            })
    void notInTheFaultsOfARegion(String members) {
        assertThat(String.join("\n", faults(withRegions(region("a", members))))).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"keys\": [\"s3cr3t\"]",
                "\"keys\": \"s3cr3t\"",
                "\"keys\": {\"value\": \"s3cr3t\"}",
                "\"keys\": [{\"value\": [\"s3cr3t\"]}]",
                "\"keys\": [{\"value\": \"s3cr3t\"}, {\"value\": \"s3cr3t\"}]",
                "\"key\": \"s3cr3t\"",
                "\"keys\": [{\"values\": \"s3cr3t\"}]"
            })
    void notInTheFaultsOfACaller(String members) {
        assertThat(String.join("\n", faults(with("\"callers\": [{\"name\": \"c\", " + members + "}]"))))
                .doesNotContain(SECRET);
    }

    @Test
    void notInTheFaultOfAnAppSettingThatNoHeaderCanCarry() {
        assertThat(String.join(
                        "\n",
                        faults(
                                withRegions(region("a", "\"apiKey\": {\"setting\": \"KEY\"}")),
                                Map.of("KEY", "s3cr3t\n"))))
                .startsWith("models.gpt-4o.regions[0].apiKey")
                .doesNotContain(SECRET);
    }
}
