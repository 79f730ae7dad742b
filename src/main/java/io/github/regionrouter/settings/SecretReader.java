package io.github.regionrouter.settings;

import org.jspecify.annotations.Nullable;

/**
 * Reads a secret of the document: {@code {"setting": "<app setting>"}} or, for local work, {@code {"value": "…"}}. No message
 * ever shows its value.
 */
final class SecretReader {

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
                node.fault("secret", "no vault (expected: a document that is read from Key Vault; else use setting)");
                return null;
            }
            String setting = node.hidden("setting");
            if (setting == null) {
                return node.hidden("value");
            }
            String value = secrets.appSetting(setting);
            if (value == null || value.isBlank()) {
                node.fault("setting", setting + " is not set (expected: an app setting with a value)");
                return null;
            }
            if (value.startsWith("@Microsoft.KeyVault(")) {
                node.fault(
                        "setting", setting + " is a Key Vault reference that was not resolved (expected: its value)");
                return null;
            }
            return value;
        }
    }
}
