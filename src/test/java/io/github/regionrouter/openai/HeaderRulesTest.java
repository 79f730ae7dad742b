package io.github.regionrouter.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R13 and facts/wire.md §4.4: which headers pass, whatever their case. */
class HeaderRulesTest {

    @DisplayName("Towards a region, by allow-list")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-type",
                "accept",
                "accept-encoding",
                "user-agent",
                "x-ms-client-request-id",
                "openai-beta",
                "idempotency-key",
                "aoai-evals",
                "extra-parameters",
                "anthropic-version",
                "anthropic-beta",
                "traceparent"
            })
    void passesToARegion(String name) {
        assertThat(HeaderRules.passesToRegion(name)).isTrue();
        assertThat(HeaderRules.passesToRegion(name.toUpperCase(Locale.ROOT))).isTrue();
    }

    @DisplayName("Credentials, cookies, the platform's and the clients' own headers stay behind")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "api-key",
                "x-api-key",
                "Authorization",
                "Proxy-Authorization",
                "Ocp-Apim-Subscription-Key",
                "x-functions-key",
                "Cookie",
                "x-stainless-lang",
                "X-Stainless-Timeout",
                "x-stainless-read-timeout",
                "X-Stainless-Retry-Count",
                "x-forwarded-for",
                "X-Forwarded-Host",
                "x-forwarded-proto",
                "x-arr-log-id",
                "x-arr-ssl",
                "x-original-url",
                "x-waws-unencoded-url",
                "disguised-host",
                "client-ip",
                "was-default-hostname",
                "x-site-deployment-id",
                "x-appservice-proto",
                "x-ms-client-principal",
                "x-ms-client-principal-id",
                "max-forwards",
                "x-router-region",
                "x-router-timeout-ms",
                "x-anything-else",
                "origin",
                "referer",
                "accept-language",
                "expect",
                ""
            })
    void staysBehind(String name) {
        assertThat(HeaderRules.passesToRegion(name)).isFalse();
        assertThat(HeaderRules.passesToRegion(name.toUpperCase(Locale.ROOT))).isFalse();
    }

    @DisplayName("Hop-by-hop headers never pass, in either direction")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "connection",
                "keep-alive",
                "proxy-authenticate",
                "proxy-authorization",
                "proxy-connection",
                "te",
                "trailer",
                "transfer-encoding",
                "upgrade",
                "http2-settings"
            })
    void belongsToOneConnection(String name) {
        assertThat(HeaderRules.passesToRegion(name)).isFalse();
        assertThat(HeaderRules.passesToCaller(name)).isFalse();
        assertThat(HeaderRules.passesToCaller(name.toUpperCase(Locale.ROOT))).isFalse();
    }

    @DisplayName("Framing is made anew for each connection")
    @ParameterizedTest
    @ValueSource(strings = {"content-length", "host"})
    void isNotCopied(String name) {
        assertThat(HeaderRules.passesToRegion(name)).isFalse();
    }

    @DisplayName("R15: what the region says of itself passes to the caller")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-type",
                "content-encoding",
                "retry-after",
                "retry-after-ms",
                "x-ms-region",
                "x-ms-deployment-name",
                "apim-request-id",
                "x-request-id",
                "x-ms-client-request-id",
                "x-ratelimit-limit-tokens",
                "x-ratelimit-remaining-requests",
                "x-ratelimit-reset-tokens",
                "azureml-model-session",
                "x-ms-rai-invoked",
                "policy-id"
            })
    void passesToTheCaller(String name) {
        assertThat(HeaderRules.passesToCaller(name)).isTrue();
        assertThat(HeaderRules.passesToCaller(name.toUpperCase(Locale.ROOT))).isTrue();
    }

    @DisplayName("What only the router may say, and what belongs to the region's own site, does not")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "set-cookie",
                "Backend-Service-URL",
                "x-router-region",
                "X-Router-Attempts",
                "x-router-request-id",
                "api-key",
                "authorization",
                "www-authenticate"
            })
    void doesNotPassToTheCaller(String name) {
        assertThat(HeaderRules.passesToCaller(name)).isFalse();
    }
}
