package io.github.regionrouter.settings;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a secret of the document: {@code {"secret": "<name in the document's vault>"}}, {@code {"setting": "<app setting>"}} or,
 * for local work, {@code {"value": "…"}}. No message ever shows its value.
 */
final class SecretReader {

    /** What Key Vault allows. */
    private static final Pattern SECRET_NAME = Pattern.compile("[0-9A-Za-z-]{1,127}");

    private SecretReader() {}

    /** The secret's value, or null if it cannot be had, which is noted. */
    static @Nullable String read(Node node, Secrets secrets) {
        try (node) {
            if (node.names().size() != 1) {
                node.has("value");
                node.has("setting");
                node.has("secret");
                node.fault("", node.names().size() + " properties (expected: one of secret, setting, value)");
                return null;
            }
            if (node.has("secret")) {
                return ofVault(node, secrets);
            }
            return node.has("setting") ? ofSetting(node, secrets) : node.hidden("value");
        }
    }

    private static @Nullable String ofVault(Node node, Secrets secrets) {
        String name = node.hidden("secret");
        if (name == null) {
            return null;
        }
        if (!SECRET_NAME.matcher(name).matches()) {
            node.fault("secret", "not a name (expected: letters, digits and -, at most 127)");
            return null;
        }
        try {
            String value = secrets.vaultSecret(name);
            if (value.isBlank()) {
                node.fault("secret", name + " is empty (expected: a value)");
                return null;
            }
            return value;
        } catch (UnavailableSecretException unavailable) {
            node.fault("secret", String.valueOf(unavailable.getMessage()));
            return null;
        }
    }

    private static @Nullable String ofSetting(Node node, Secrets secrets) {
        String setting = node.hidden("setting");
        if (setting == null) {
            return null;
        }
        String value = secrets.appSetting(setting);
        if (value == null || value.isBlank()) {
            node.fault("setting", setting + " is not set (expected: an app setting with a value)");
            return null;
        }
        if (value.startsWith("@Microsoft.KeyVault(")) {
            node.fault("setting", setting + " is a Key Vault reference that was not resolved (expected: its value)");
            return null;
        }
        return value;
    }
}
