package io.github.regionrouter.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R13 and design §6: path and query pass as they came, less what is dangerous and the Functions key. */
class RequestTargetTest {

    @ParameterizedTest
    @CsvSource({
        "/openai/v1/chat/completions, /openai/v1/chat/completions",
        "//openai/v1/chat/completions, /openai/v1/chat/completions",
        "///openai/v1/chat/completions, /openai/v1/chat/completions",
        "openai/v1/chat/completions, /openai/v1/chat/completions",
        "/openai/deployments/gpt%2D4o/chat/completions, /openai/deployments/gpt%2D4o/chat/completions",
        "/openai/v1/files/a..b, /openai/v1/files/a..b",
        "/openai/v1/files/.hidden, /openai/v1/files/.hidden",
        "/openai/v1/files/..., /openai/v1/files/...",
        "/openai/images/generations:submit, /openai/images/generations:submit",
        "/, /",
    })
    void thePathPassesWithOneLeadingSlash(String sent, String kept) {
        assertThat(RequestTarget.of(sent, "").path()).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openai/../admin",
                "/openai/..",
                "/..",
                "/./openai",
                "/openai/.",
                "/openai/%2e%2e/admin",
                "/openai/%2E%2E/admin",
                "/openai/.%2e/admin",
                "/openai/%2e./admin",
                "/openai/%2E/admin",
                "//../openai",
                "../openai"
            })
    void dotSegmentsAreRefused(String path) {
        assertRefused(path, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openai/a b",
                "/openai/\u0000",
                "/openai/a\r\nhost: evil",
                "/openai/a\\..\\b",
                "/openai/%",
                "/openai/%2",
                "/openai/%zz",
                "/openai/%-1",
                "/openai/%\uff10\uff10",
                "/openai/%\u0660\u0661",
                "/openai/ü",
                "/openai/a?b",
                "/openai/a#b",
                "/openai/<x>"
            })
    void whatDoesNotBelongInAPathIsRefused(String path) {
        assertRefused(path, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=b c", "a=\r\nx: y", "a=\n", "a=\u0000", "a#b", "a=\u007f"})
    void whatDoesNotBelongInAQueryIsRefused(String query) {
        assertRefused("/openai/v1/models", query);
    }

    @DisplayName("Order, duplicates and empty parameters stay")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "api-version=2024-10-21",
                "b=2&a=1&b=1&a=2",
                "a=1&&b=2&",
                "&",
                "a&b=&=c&=",
                "a=%20+%26x&q=a=b=c",
                "api-version=2024-10-21&decode=1&codec=2&barcode=3&my_code=4",
                "a=code&b=code=1",
                "x[]=1&x[]=2"
            })
    void theQueryPassesAsItCame(String query) {
        assertThat(RequestTarget.of("/openai/v1/models", query).query()).isEqualTo(query);
    }

    @DisplayName("§5.1: of the query only `code` stays behind")
    @ParameterizedTest
    @CsvSource({
        "code=secret, ''",
        "code, ''",
        "code=, ''",
        "api-version=1&code=secret, api-version=1",
        "code=secret&api-version=1, api-version=1",
        "b=2&code=x&a=1&code=y&b=1, b=2&a=1&b=1",
        "a=1&&code=x&b=2&, a=1&&b=2&",
        "decode=1&code=x&codec=2, decode=1&codec=2",
    })
    void theFunctionsKeyStaysBehind(String sent, String kept) {
        assertThat(RequestTarget.of("/openai/v1/models", sent).query()).isEqualTo(kept);
    }

    @Test
    void theFunctionsKeyStaysBehindHoweverItsNameIsEncoded() {
        assertThat(RequestTarget.of("/openai/v1/models", "a=1&%63ode=secret&c%6Fd%65=secret&b=2")
                        .query())
                .isEqualTo("a=1&b=2");
    }

    @Test
    void aVeryLongTargetDoesNoHarm() {
        String path = "/openai/v1/" + "a%20".repeat(100_000);
        String query = "a=%20&".repeat(100_000) + "code=x";

        assertThat(RequestTarget.of(path, query)).isEqualTo(new RequestTarget(path, "a=%20&".repeat(99_999) + "a=%20"));
        assertRefused(path + " ", "");
    }

    private static void assertRefused(String path, String query) {
        assertThatThrownBy(() -> RequestTarget.of(path, query))
                .as(path + "?" + query)
                .isInstanceOfSatisfying(
                        RefusedCall.class,
                        refused -> assertThat(refused.error().status()).isEqualTo(400));
    }
}
