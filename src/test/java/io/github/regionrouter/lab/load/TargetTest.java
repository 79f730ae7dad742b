package io.github.regionrouter.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetTest {

    private static final String VERSION = "2024-10-21";

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:7071, http://127.0.0.1:7071/openai/deployments/gpt%204/chat/completions?api-version=2024-10-21",
        "https://a.openai.azure.com/, https://a.openai.azure.com/openai/deployments/gpt%204/chat/completions?api-version=2024-10-21",
        "https://gateway/team/a, https://gateway/team/a/openai/deployments/gpt%204/chat/completions?api-version=2024-10-21",
        "https://a.openai.azure.com/openai/deployments/mine/, https://a.openai.azure.com/openai/deployments/mine/chat/completions?api-version=2024-10-21",
        "http://127.0.0.1:65535/openai/v1, http://127.0.0.1:65535/openai/v1/chat/completions",
        "https://a.openai.azure.com/openai/v1, https://a.openai.azure.com/openai/v1/chat/completions",
        "https://a.openai.azure.com/openai/v1/, https://a.openai.azure.com/openai/v1/chat/completions",
        "https://b/x/chat/completions?code=secret, https://b/x/chat/completions?code=secret",
    })
    void aUrlIsCalledByItsForm(String url, String called) {
        assertThat(Target.of(url, null, "gpt 4", VERSION).chat()).hasToString(called);
    }

    @Test
    void theLabelHasNeitherQueryNorKey() {
        Target target = Target.of("https://b/x/chat/completions?code=secret", "sk-key", "gpt-4o", VERSION);

        assertThat(target).hasToString("https://b/x/chat/completions");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:7071",
                "ftp://host",
                "http://",
                "http://host:0",
                "http://host:65536",
                "http://127.0.0.1:99999",
                "http://host:123456789012",
                "http://host/openai",
                "http://host/openai/deployments",
                "http://host/openai/v1/responses",
                "http://host/openai/deployments/mine/completions",
                "http://host/a b",
                "http://host/openai/v1?code=secret",
                "http://user:secret@host",
                "http://host/#secret",
                "nonsense?secret"
            })
    void anythingElseIsRefusedWithoutTellingSecrets(String url) {
        assertThatThrownBy(() -> Target.of(url, "sk-key", "gpt-4o", VERSION))
                .hasMessageStartingWith("--url: ")
                .hasMessageContaining("(expected: ")
                .message()
                .doesNotContain("?secret", ":secret", "=secret", "sk-key");
    }

    @Test
    void theNthKeyBelongsToTheNthUrl() {
        assertThat(pairs(List.of("http://a", "http://b"), "one", null))
                .extracting(Target::key)
                .containsExactly("one", null);
    }

    @Test
    void oneKeyServesAll() {
        assertThat(pairs(List.of("http://a", "http://b"), "one"))
                .extracting(Target::key)
                .containsOnly("one");
    }

    @Test
    void withoutKeysNoneIsSent() {
        assertThat(pairs(List.of("http://a"))).extracting(Target::key).containsOnlyNulls();
    }

    @Test
    void otherNumbersOfKeysAreRefused() {
        assertThatThrownBy(() -> pairs(List.of("http://a", "http://b", "http://c"), "one", "two"))
                .hasMessage("--key: 2 keys for 3 URLs (expected: one for each, one for all, or none)");
    }

    @Test
    void theSameUrlTwiceIsToldApart() {
        assertThat(pairs(List.of("http://a", "http://a/"), "one", "two"))
                .extracting(Target::label)
                .containsExactly("http://a", "http://a (2)");
    }

    private static List<Target> pairs(List<String> urls, String... keys) {
        return Target.pairs(urls, Arrays.asList(keys), "gpt-4o", VERSION);
    }
}
