package io.github.regionrouter.settings;

import static io.github.regionrouter.settings.Documents.SMALLEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.TokenCredential;
import io.github.regionrouter.region.Credential;
import io.github.regionrouter.testing.FakeIdentity;
import io.github.regionrouter.testing.MemoryVault;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Design §4, form 1: the document is a secret of a vault, read by the real client with its challenge policy and retries. */
class KeyVaultSourceTest {

    private static final String KEYED =
            SMALLEST.trim().replace("\"name\"", "\"apiKey\": {\"secret\": \"key-east\"}, \"name\"");

    private final String host = "v" + UUID.randomUUID() + ".vault.azure.net";
    private final MemoryVault vault = new MemoryVault(host).put("router", KEYED).put("key-east", "key-one");
    private final FakeIdentity identity = new FakeIdentity(InstantSource.system());

    @Test
    void theDocumentAndItsSecretsComeFromOneVault() throws Exception {
        Loaded loaded = source().read();

        assertThat(keyOf(loaded)).isEqualTo("key-one");
        assertThat(loaded.version()).isEqualTo("v1");
        assertThat(loaded.secrets()).containsEntry("key-east", "v1");
        assertThat(vault.requests()).containsExactly("challenge router", "get router", "get key-east");
        assertThat(identity.requests().get(0).getScopes()).containsExactly("https://vault.azure.net/.default");
    }

    @Test
    void whatHasNotChangedIsNotParsedAgain() throws Exception {
        SettingsSource source = source();
        Loaded first = source.read();

        assertThat(source.newerThan(first)).isEmpty();
    }

    @Test
    void aNewVersionOfTheDocumentIsRead() throws Exception {
        SettingsSource source = source();
        Loaded first = source.read();
        vault.put("router", KEYED.replace("gpt-4o", "o3"));

        Loaded second = source.newerThan(first).orElseThrow();

        assertThat(second.version()).isEqualTo("v2");
        assertThat(second.settings().table().models()).containsOnlyKeys("o3");
    }

    @Test
    void aNewVersionOfASecretIsRead() throws Exception {
        SettingsSource source = source();
        Loaded first = source.read();
        vault.put("key-east", "key-two");

        Loaded second = source.newerThan(first).orElseThrow();

        assertThat(keyOf(second)).isEqualTo("key-two");
        assertThat(second.version()).isEqualTo("v1");
        assertThat(source.newerThan(second)).isEmpty();
    }

    @Test
    void aSecretThatIsNotThereIsNamedWithItsPath() {
        vault.put("router", KEYED.replace("key-east", "key-west"));

        assertThat(refused(source()))
                .startsWith("models.gpt-4o.regions[0].apiKey.secret: secret key-west of " + host)
                .contains("identity app-1")
                .contains("404")
                .contains("wrong name");
    }

    @ParameterizedTest
    @CsvSource({
        "403, ForbiddenByRbac, no role",
        "403, AccessDenied, no role",
        "403, ForbiddenByFirewall, firewall",
        "403, SecretDisabled, disabled",
        "500, InternalError, fault of the vault"
    })
    void aRefusalIsToldWithItsLikelyCause(int status, String code, String cause) {
        vault.failing(() -> MemoryVault.error(status, code));

        assertThat(refused(source()))
                .startsWith("ROUTER_SETTINGS: secret router of " + host + " cannot be read by identity app-1")
                .contains(Integer.toString(status))
                .contains(cause);
    }

    @Test
    void aVaultThatDoesNotExistIsToldSo() {
        vault.failing(() -> Mono.error(new UnknownHostException(host)));

        assertThat(refused(source())).contains("no such host").contains("DNS");
    }

    @Test
    void aDeadVaultCostsNoMoreThanThePatience() {
        vault.failing(Mono::never);

        assertThat(refused(source(identity, Duration.ofMillis(200))))
                .contains("no answer in time")
                .contains("firewall");
    }

    @Test
    void anIdentityWithoutATokenIsToldSo() {
        identity.failing(true);

        assertThat(refused(source())).contains("router of " + host).doesNotContain("secret-of-the-identity");
    }

    @Test
    void aStumbleIsTriedOnceMore() throws Exception {
        int[] calls = {0};
        vault.failing(() -> calls[0]++ == 0 ? MemoryVault.error(503, "Busy") : Mono.empty());

        assertThat(keyOf(source().read())).isEqualTo("key-one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://v.vault.azure.net",
                "https://v.vault.azure.net/",
                "https://v.vault.azure.net/keys/router",
                "https://v.vault.azure.net/secrets/",
                "https://v.vault.azure.net/secrets/a b",
                "https://v.vault.azure.net/secrets/router/1/2",
                "https://v.vault.azure.net/secrets/router?x=1",
                "https://u@v.vault.azure.net/secrets/router",
                "http://v.vault.azure.net/secrets/router"
            })
    void whatIsNotTheUrlOfASecretIsRefused(String url) {
        InvalidSettingsException refused = catchThrowableOfType(
                InvalidSettingsException.class,
                () -> SettingsSource.of(name -> name.equals("ROUTER_SETTINGS") ? url : null, identity));

        assertThat(refused).hasMessageContaining("ROUTER_SETTINGS: not the URL of a secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://v.vault.azure.net/secrets/router",
                "https://v.vault.azure.net/secrets/router/",
                " https://v.vault.azure.net/secrets/router/0123456789abcdef0123456789abcdef ",
                "https://v.vault.usgovcloudapi.net/secrets/router"
            })
    void theUrlOfASecretNamesASource(String url) throws Exception {
        SettingsSource source = SettingsSource.of(name -> name.equals("ROUTER_SETTINGS") ? url : null, identity);

        assertThat(source.name()).startsWith("secret router of v.vault.");
        assertThat(source.mayChange()).isTrue();
    }

    private SettingsSource source() {
        return source(identity, Duration.ofSeconds(10));
    }

    private SettingsSource source(TokenCredential credential, Duration patience) {
        KeyVault real = new KeyVault(URI.create("https://" + host), credential, "identity app-1", vault, patience);
        return new KeyVaultSource(real, "router", null, name -> null);
    }

    private static String keyOf(Loaded loaded) {
        return ((Credential.ApiKey) loaded.settings()
                        .table()
                        .models()
                        .get("gpt-4o")
                        .regions()
                        .get(0)
                        .credential())
                .value();
    }

    private static String refused(SettingsSource source) {
        InvalidSettingsException refused = catchThrowableOfType(InvalidSettingsException.class, () -> source.read());
        assertThat(refused).as("refusal").isNotNull();
        assertThat(refused.getMessage()).doesNotContain("key-one").doesNotContain("token-of-the-router-1");
        return refused.getMessage();
    }
}
