package io.github.regionrouter.settings;

import com.azure.core.credential.TokenCredential;
import java.util.List;
import java.util.Optional;

/** Where the settings document comes from: the app setting {@code ROUTER_SETTINGS} names it in one of three forms (design §4). */
public interface SettingsSource {

    /** The app setting that names the document. */
    String SETTING = "ROUTER_SETTINGS";

    /**
     * Reads the settings; may block for some seconds.
     *
     * @throws InvalidSettingsException naming every fault
     */
    Loaded read() throws InvalidSettingsException;

    /**
     * Reads the settings again, and parses only what changed; may block for some seconds.
     *
     * @return empty if nothing changed
     * @throws InvalidSettingsException naming every fault
     */
    Optional<Loaded> newerThan(Loaded last) throws InvalidSettingsException;

    /** What this is, for people: {@code file router.json}. Holds no secret. */
    String name();

    /** Whether {@link #newerThan} may ever bring something. */
    boolean mayChange();

    /**
     * The source that the app settings name.
     *
     * @param environment app settings: {@code ROUTER_SETTINGS}, and those that the document names
     * @param identity shown to a vault
     * @throws InvalidSettingsException if {@code ROUTER_SETTINGS} is none of the three forms
     */
    static SettingsSource of(Secrets environment, TokenCredential identity) throws InvalidSettingsException {
        String setting = environment.appSetting(SETTING);
        if (setting == null || setting.isBlank()) {
            throw refused(
                    "missing (expected: the URL of a Key Vault secret, the settings as JSON, or a path to a file)");
        }
        String value = setting.trim().replaceFirst("^\\ufeff", "");
        if (value.startsWith("@Microsoft.KeyVault(")) {
            throw refused("a Key Vault reference that the platform could not resolve (expected: its value)."
                    + " The three usual causes: the app's identity lacks the role Key Vault Secrets User, or got it after the"
                    + " setting was read; keyVaultReferenceIdentity does not name the user-assigned identity; the vault's"
                    + " firewall keeps the app out, or the secret's name is wrong");
        }
        if (value.startsWith("{")) {
            return new InlineSource(value, environment);
        }
        return value.startsWith("https://") || value.startsWith("http://")
                ? KeyVaultSource.of(value, environment, identity)
                : new FileSource(value, environment);
    }

    /** A fault of the app setting itself. */
    static InvalidSettingsException refused(String why) {
        return new InvalidSettingsException(List.of(SETTING + ": " + why));
    }
}
