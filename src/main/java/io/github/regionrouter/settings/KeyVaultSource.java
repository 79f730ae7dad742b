package io.github.regionrouter.settings;

import com.azure.core.credential.TokenCredential;
import io.github.regionrouter.settings.KeyVault.Secret;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A document that is a secret of a Key Vault, and the secrets beside it that it names. All of them are fetched every time, since
 * each may have a new version of its own; parsed is only what has one.
 */
final class KeyVaultSource implements SettingsSource {

    private static final Pattern URL =
            Pattern.compile("(https://[^/?#@]+)/+secrets/([0-9A-Za-z-]{1,127})(?:/([0-9A-Za-z]*))?/*");

    private final KeyVault vault;
    private final String document;
    private final @Nullable String pinned;
    private final Secrets environment;

    /**
     * @param document name of the secret that holds the document
     * @param pinned the one version of it to read, or null for the newest
     */
    KeyVaultSource(KeyVault vault, String document, @Nullable String pinned, Secrets environment) {
        this.vault = vault;
        this.document = document;
        this.pinned = pinned;
        this.environment = environment;
    }

    static KeyVaultSource of(String url, Secrets environment, TokenCredential identity)
            throws InvalidSettingsException {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw SettingsSource.refused(
                    "not the URL of a secret (expected: https://<vault>.vault.azure.net/secrets/<name>)");
        }
        String version = parts.group(3);
        String client = environment.appSetting("AZURE_CLIENT_ID");
        return new KeyVaultSource(
                KeyVault.at(
                        URI.create(parts.group(1)),
                        identity,
                        client == null || client.isBlank()
                                ? "the app's own identity (AZURE_CLIENT_ID is not set)"
                                : "identity " + client),
                parts.group(2),
                version == null || version.isEmpty() ? null : version,
                environment);
    }

    @Override
    public Loaded read() throws InvalidSettingsException {
        return parsed(document(), new Reading());
    }

    @Override
    public Optional<Loaded> newerThan(Loaded last) throws InvalidSettingsException {
        Reading reading = new Reading();
        Secret text = document();
        try {
            return last.version().equals(text.version()) && !reading.finds(last.secrets())
                    ? Optional.empty()
                    : Optional.of(parsed(text, reading));
        } catch (UnavailableSecretException unavailable) {
            throw SettingsSource.refused(String.valueOf(unavailable.getMessage()));
        }
    }

    private Secret document() throws InvalidSettingsException {
        try {
            return vault.get(document, pinned);
        } catch (UnavailableSecretException unavailable) {
            throw SettingsSource.refused(String.valueOf(unavailable.getMessage()));
        }
    }

    private static Loaded parsed(Secret text, Reading reading) throws InvalidSettingsException {
        RouterSettings settings = new SettingsReader(reading).read(text.value());
        return new Loaded(settings, text.version(), reading.versions());
    }

    @Override
    public String name() {
        return "secret " + document + " of " + vault.host();
    }

    @Override
    public boolean mayChange() {
        return true;
    }

    /** One look into the vault: each secret is fetched once, so that all who name it see one version. */
    private final class Reading implements Secrets {

        private final Map<String, Secret> seen = new LinkedHashMap<>();

        @Override
        public @Nullable String appSetting(String name) {
            return environment.appSetting(name);
        }

        @Override
        public String vaultSecret(String name) throws UnavailableSecretException {
            Secret secret = seen.get(name);
            if (secret == null) {
                secret = vault.get(name, null);
                seen.put(name, secret);
            }
            return secret.value();
        }

        /** Whether one of these has another version by now. */
        boolean finds(Map<String, String> versions) throws UnavailableSecretException {
            for (String name : versions.keySet()) {
                vaultSecret(name);
            }
            return !versions().equals(versions);
        }

        Map<String, String> versions() {
            Map<String, String> versions = new HashMap<>();
            seen.forEach((name, secret) -> versions.put(name, secret.version()));
            return versions;
        }
    }
}
