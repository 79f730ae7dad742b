package io.github.regionrouter.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the settings document comes from: the app setting {@code ROUTER_SETTINGS} names it (design §4). */
public final class SettingsSource {

    /** The app setting that names the document. */
    public static final String SETTING = "ROUTER_SETTINGS";

    private SettingsSource() {}

    /**
     * Finds and reads the settings.
     *
     * @param environment app settings: {@code ROUTER_SETTINGS}, and the secrets that the document names
     * @throws InvalidSettingsException naming every fault
     */
    public static RouterSettings load(Secrets environment) throws InvalidSettingsException {
        return new SettingsReader(environment).read(document(environment.appSetting(SETTING)));
    }

    /**
     * The document itself.
     *
     * @param setting the value of {@code ROUTER_SETTINGS}: the document, or a path to a file
     * @throws InvalidSettingsException if there is none, or it cannot be read
     */
    static String document(@Nullable String setting) throws InvalidSettingsException {
        if (setting == null || setting.isBlank()) {
            throw refused("missing (expected: the settings as JSON, or a path to a file)");
        }
        String value = setting.trim();
        if (value.startsWith("{")) {
            return value;
        }
        if (value.startsWith("@Microsoft.KeyVault(")) {
            throw refused("a Key Vault reference that the platform could not resolve (expected: its value)."
                    + " The three usual causes: the app's identity lacks the role Key Vault Secrets User, or got it after the"
                    + " setting was read; keyVaultReferenceIdentity does not name the user-assigned identity; the vault's"
                    + " firewall keeps the app out, or the secret's name is wrong");
        }
        if (value.startsWith("https://")) {
            throw refused(
                    "a Key Vault URL (expected: the settings as JSON, or a path to a file; reading the vault directly"
                            + " is not built yet, use a Key Vault reference)");
        }
        return file(value);
    }

    private static String file(String name) throws InvalidSettingsException {
        try {
            Path path = Path.of(name);
            if (Files.size(path) > SettingsReader.LONGEST_DOCUMENT) {
                throw refused(name + " (expected: a file of at most " + SettingsReader.LONGEST_DOCUMENT + " bytes)");
            }
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException unreadable) {
            throw refused("file " + name + " cannot be read, "
                    + unreadable.getClass().getSimpleName() + " (expected: a readable file in UTF-8)");
        }
    }

    private static InvalidSettingsException refused(String why) {
        return new InvalidSettingsException(List.of(SETTING + ": " + why));
    }
}
