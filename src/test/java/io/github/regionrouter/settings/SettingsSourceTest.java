package io.github.regionrouter.settings;

import static io.github.regionrouter.settings.Documents.SMALLEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.credential.TokenCredential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Design §4: {@code ROUTER_SETTINGS} holds the document or names it, told apart by how it begins. */
class SettingsSourceTest {

    private static final TokenCredential NOBODY = context -> Mono.empty();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n"})
    void theDocumentItselfMayStandThere(String space) throws InvalidSettingsException {
        assertThat(load(space + SMALLEST).table().models()).containsOnlyKeys("gpt-4o");
    }

    @Test
    void aPathToAFileMayStandThere() throws Exception {
        Path file = Files.writeString(folder.resolve("settings.json"), SMALLEST);

        assertThat(load(file.toString()).table().models()).containsOnlyKeys("gpt-4o");
    }

    @Test
    void secretsComeFromTheAppSettings() throws InvalidSettingsException {
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "ROUTER_SETTINGS", SMALLEST.trim().replace("\"name\"", "\"apiKey\": {\"setting\": \"KEY\"}, \"name\""));
        environment.put("KEY", "k");

        assertThat(SettingsSource.of(environment::get, NOBODY)
                        .read()
                        .settings()
                        .table()
                        .deployments())
                .hasSize(1);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "   "})
    void nothingIsRefused(String value) {
        assertThat(refused(value)).startsWith("ROUTER_SETTINGS: ").contains("expected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/router)",
                " @Microsoft.KeyVault(VaultName=v;SecretName=router)"
            })
    @DisplayName("Design §4: an unresolved reference is refused with its three usual causes")
    void aReferenceThatThePlatformCouldNotResolve(String value) {
        assertThat(refused(value))
                .contains("Key Vault reference")
                .contains("role")
                .contains("keyVaultReferenceIdentity")
                .contains("firewall");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        String name = folder.resolve("absent.json").toString();

        assertThat(refused(name)).contains(name);
    }

    @Test
    void aFolderIsNoFile() {
        assertThat(refused(folder.toString())).contains(folder.toString());
    }

    @Test
    void aNameThatNoFileCanHaveIsRefused() {
        assertThat(refused("settings\u0000.json")).contains("ROUTER_SETTINGS");
    }

    @Test
    @DisplayName("§5.1: the 25 KB limit holds for every form of the document")
    void aFileThatIsTooLong() throws IOException {
        Path file = Files.writeString(folder.resolve("settings.json"), SMALLEST + " ".repeat(25 * 1024));

        assertThat(refused(file.toString())).contains("25600");
    }

    @Test
    void aDocumentThatIsTooLongIsRefused() {
        String longer = SMALLEST.replace("\"eastus\"", "\"eastus\"" + " ".repeat(25 * 1024));

        assertThat(refused(longer)).contains("25600");
    }

    @Test
    void aFileThatIsNotUtf8IsRefused() throws IOException {
        Path file = Files.write(
                folder.resolve("settings.json"), "{\"models\": \"ä\"}".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refused(file.toString())).contains("UTF-8");
    }

    @Test
    void aFileWithFaultsIsRefusedWithTheirPaths() throws IOException {
        Path file = Files.writeString(folder.resolve("settings.json"), SMALLEST.replace("https", "ftp"));

        assertThat(refused(file.toString())).contains("models.gpt-4o.regions[0].endpoint");
    }

    private static RouterSettings load(String value) throws InvalidSettingsException {
        return SettingsSource.of(name -> name.equals("ROUTER_SETTINGS") ? value : null, NOBODY)
                .read()
                .settings();
    }

    private static String refused(String value) {
        InvalidSettingsException refused = catchThrowableOfType(InvalidSettingsException.class, () -> load(value));
        assertThat(refused).as("refusal of " + value).isNotNull();
        return refused.getMessage();
    }
}
