package io.github.regionrouter.settings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Has every app setting and every secret of the vault, but for some whose names say what is wrong with them. */
final class NamedSecrets implements Secrets {

    private static final Map<String, String> BAD_SETTINGS = Map.of(
            "BLANK", " ", "UNRESOLVED", "@Microsoft.KeyVault(VaultName=v;SecretName=s)", "SPACED", "a key with spaces");
    private static final Map<String, String> BAD_SECRETS = Map.of("blank", " ", "spaced", "a key with spaces");

    static RouterSettings read(String document) throws InvalidSettingsException {
        return new SettingsReader(new NamedSecrets()).read(document);
    }

    @Override
    public @Nullable String appSetting(String name) {
        return name.equals("NONE") ? null : BAD_SETTINGS.getOrDefault(name, "setting" + name.hashCode());
    }

    @Override
    public String vaultSecret(String name) throws UnavailableSecretException {
        if (name.equals("none")) {
            throw new UnavailableSecretException("not there");
        }
        return BAD_SECRETS.getOrDefault(name, "secret" + name.hashCode());
    }
}
