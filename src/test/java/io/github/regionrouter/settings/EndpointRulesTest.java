package io.github.regionrouter.settings;

import static io.github.regionrouter.settings.Documents.faults;
import static io.github.regionrouter.settings.Documents.read;
import static io.github.regionrouter.settings.Documents.withRegions;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Design §6: https, and plain http for loopback alone. */
class EndpointRulesTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "https://aoai.openai.azure.com, https://aoai.openai.azure.com",
        "https://aoai.openai.azure.com/, https://aoai.openai.azure.com",
        "https://aoai.openai.azure.com///, https://aoai.openai.azure.com",
        "HTTPS://AOAI.OpenAI.Azure.Com, https://aoai.openai.azure.com",
        "https://gateway.example.com/team/aoai, https://gateway.example.com/team/aoai",
        "https://gateway.example.com/Team/aoai/, https://gateway.example.com/Team/aoai",
        "https://aoai.example.com:8443, https://aoai.example.com:8443",
        "https://10.0.0.4, https://10.0.0.4",
        "https://[2001:db8::1]:8443, https://[2001:db8::1]:8443",
        "http://localhost:8080, http://localhost:8080",
        "http://LOCALHOST:8080/, http://localhost:8080",
        "http://127.0.0.1:8080, http://127.0.0.1:8080",
        "http://[::1]:8080, http://[::1]:8080",
        "http://localhost/prefix/, http://localhost/prefix",
    })
    void isTaken(String written, String endpoint) {
        assertThat(read(withRegions(region(written)))
                        .table()
                        .model("gpt-4o")
                        .regions()
                        .get(0)
                        .endpoint())
                .isEqualTo(URI.create(endpoint));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "aoai.openai.azure.com",
                "//aoai.openai.azure.com",
                "https://",
                "https:///path",
                "https:aoai",
                "ftp://aoai.openai.azure.com",
                "file:///etc/passwd",
                "http://aoai.openai.azure.com",
                "http://10.0.0.4",
                "http://localhost.example.com",
                "http://127.0.0.1.example.com",
                "http://0.0.0.0",
                "http://[2001:db8::1]",
                "https://user:secret-word@aoai.openai.azure.com",
                "https://user@aoai.openai.azure.com",
                "http://localhost@evil.example.com",
                "https://aoai.openai.azure.com?api-version=1",
                "https://aoai.openai.azure.com?",
                "https://aoai.openai.azure.com/#top",
                "https://aoai.openai.azure.com:0",
                "https://aoai.openai.azure.com:65536",
                "https://aoai.openai.azure.com:port",
                "https://ao ai.openai.azure.com",
                "https://aoai.openai.azure.com/a b",
                "https://under_score.example.com",
                "https://exa\\u0000mple.com"
            })
    void isRefused(String endpoint) {
        assertThat(faults(withRegions(region(endpoint))))
                .singleElement()
                .satisfies(fault -> assertThat(fault).startsWith("models.gpt-4o.regions[0].endpoint: "));
    }

    @DisplayName("A password in an endpoint does not show in the fault")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:secret-word@aoai.openai.azure.com",
                "http://user:secret-word@aoai.openai.azure.com",
                "https://aoai.openai.azure.com?code=secret-word",
                "https://user:secret-word@ao ai.openai.azure.com"
            })
    void aPasswordDoesNotShow(String endpoint) {
        assertThat(String.join("\n", faults(withRegions(region(endpoint))))).doesNotContain("secret-word");
    }

    private static String region(String endpoint) {
        return "{\"name\":\"eastus\",\"endpoint\":\"" + endpoint + "\"}";
    }
}
