package io.github.regionrouter.settings;

import org.jspecify.annotations.Nullable;

/** Where the values come from that a settings document only names. */
@FunctionalInterface
public interface Secrets {

    /** The value of an app setting, or null if it is not set. */
    @Nullable
    String appSetting(String name);

    /**
     * The value of a secret in the vault that the document itself came from.
     *
     * @throws UnavailableSecretException if it cannot be had, saying why
     */
    default String vaultSecret(String name) throws UnavailableSecretException {
        throw new UnavailableSecretException(
                "no vault (expected: a document that is read from Key Vault; else use setting)");
    }

    /** App settings as Azure Functions gives them: environment variables. */
    static Secrets environment() {
        return System::getenv;
    }
}
