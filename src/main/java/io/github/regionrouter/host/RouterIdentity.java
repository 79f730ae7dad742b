package io.github.regionrouter.host;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.DefaultAzureCredentialBuilder;
import reactor.core.publisher.Mono;

/**
 * The identity the router runs under. Made when the first token is wanted: where every region has a key it would only cost
 * start-up time.
 */
final class RouterIdentity implements TokenCredential {

    private static final class Holder {
        static final TokenCredential CREDENTIAL = new DefaultAzureCredentialBuilder().build();
    }

    /** The same identity, whose tokens are for {@code scope} whatever is asked for: regions in other clouds have another. */
    TokenCredential inScope(String scope) {
        return request -> getToken(new TokenRequestContext()
                .addScopes(scope)
                .setClaims(request.getClaims())
                .setCaeEnabled(request.isCaeEnabled()));
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Mono.defer(() -> Holder.CREDENTIAL.getToken(request));
    }
}
