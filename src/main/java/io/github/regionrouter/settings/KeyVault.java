package io.github.regionrouter.settings;

import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.exception.ResourceNotFoundException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.security.keyvault.secrets.SecretAsyncClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/**
 * Reads secrets of one vault. A vault that does not answer costs seconds, not minutes: two tries, and no secret is waited for
 * longer than 15 s. What goes wrong is told with vault, secret, identity and the likely cause.
 */
final class KeyVault {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final RetryOptions TWICE = new RetryOptions(new FixedDelayOptions(1, Duration.ofMillis(500)));

    private final URI vault;
    private final String identity;
    private final SecretAsyncClient client;
    private final Duration patience;

    /**
     * @param identity who asks, in words
     * @param patience the longest time that one secret is waited for
     */
    KeyVault(URI vault, TokenCredential credential, String identity, HttpClient transport, Duration patience) {
        this.patience = patience;
        this.vault = vault;
        this.identity = identity;
        this.client = new SecretClientBuilder()
                .vaultUrl(vault.toString())
                .credential(credential)
                .httpClient(transport)
                .retryOptions(TWICE)
                .buildAsyncClient();
    }

    static KeyVault at(URI vault, TokenCredential credential, String identity) {
        return new KeyVault(
                vault,
                credential,
                identity,
                new NettyAsyncHttpClientBuilder()
                        .connectTimeout(Duration.ofSeconds(3))
                        .responseTimeout(Duration.ofSeconds(5))
                        .readTimeout(Duration.ofSeconds(5))
                        .build(),
                PATIENCE);
    }

    String host() {
        return vault.getHost();
    }

    /**
     * Fetches a secret; blocks.
     *
     * @param version the newest if null
     */
    Secret get(String name, @Nullable String version) throws UnavailableSecretException {
        try {
            Secret secret = client.getSecret(name, version == null ? "" : version)
                    .map(found -> new Secret(
                            found.getValue(),
                            String.valueOf(found.getProperties().getVersion())))
                    .block(patience);
            if (secret == null) {
                throw new UnavailableSecretException(explained(name, "no answer", ""));
            }
            return secret;
        } catch (RuntimeException fault) {
            throw new UnavailableSecretException(explained(name, fault));
        }
    }

    private String explained(String name, RuntimeException fault) {
        for (Throwable cause = Exceptions.unwrap(fault); cause != null; cause = cause.getCause()) {
            if (cause instanceof ResourceNotFoundException) {
                return explained(name, "404", "a wrong name, or a secret that was deleted or disabled");
            }
            if (cause instanceof HttpResponseException answered && answered.getResponse() != null) {
                return explained(name, answered);
            }
            if (cause instanceof ClientAuthenticationException) {
                return explained(
                        name, "no token", "no such identity here; AZURE_CLIENT_ID must name one that the app has");
            }
            if (cause instanceof UnknownHostException) {
                return explained(
                        name, "no such host", "a wrong name of the vault, or private DNS that does not know it");
            }
            if (cause instanceof TimeoutException || cause instanceof IllegalStateException) {
                return explained(name, "no answer in time", "a firewall, or a private endpoint that cannot be reached");
            }
        }
        return explained(
                name,
                Exceptions.unwrap(fault).getClass().getSimpleName(),
                "no connection: a firewall, a proxy, or a wrong name of the vault");
    }

    private String explained(String name, HttpResponseException answered) {
        int status = answered.getResponse().getStatusCode();
        String text = String.valueOf(answered.getMessage());
        if (status == 403 && (text.contains("ForbiddenByFirewall") || text.contains("client address"))) {
            return explained(name, "403 ForbiddenByFirewall", "the vault's firewall keeps the app out");
        }
        if (status == 403 && text.contains("SecretDisabled")) {
            return explained(name, "403 SecretDisabled", "the secret is disabled");
        }
        if (status == 403) {
            return explained(
                    name,
                    "403",
                    "no role: it needs Key Vault Secrets User on the vault, and a new role takes some minutes to be seen");
        }
        return status == 401
                ? explained(name, "401", "an identity of another tenant")
                : explained(name, Integer.toString(status), "a fault of the vault; try again");
    }

    private String explained(String name, String what, String cause) {
        return "secret " + name + " of " + host() + " cannot be read by " + identity + ": " + what + " (likely cause: "
                + cause + ")";
    }

    /** A value and which version of it this is. It never shows in text form. */
    record Secret(String value, String version) {
        @Override
        public String toString() {
            return "Secret[hidden, version=" + version + "]";
        }
    }
}
