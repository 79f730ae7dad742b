package io.github.regionrouter.pipeline;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.SimpleTokenCache;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import io.github.regionrouter.region.Credential;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Gives each attempt exactly one credential: the region's own. One token serves every region, cached and refreshed early by
 * azure-core, one request for it however many calls wait.
 */
final class RegionCredentialPolicy implements HttpPipelinePolicy {

    private static final HttpHeaderName API_KEY = HttpHeaderName.fromString("api-key");
    private static final String SCOPE = "https://cognitiveservices.azure.com/.default";

    private final SimpleTokenCache tokens;

    RegionCredentialPolicy(TokenCredential identity) {
        this.tokens = new SimpleTokenCache(
                () -> Mono.defer(() -> identity.getToken(new TokenRequestContext().addScopes(SCOPE)))
                        .subscribeOn(Schedulers.boundedElastic())); // some credentials block
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        Credential credential = RegionRetryPolicy.regionOf(context).credential();
        if (credential instanceof Credential.ApiKey key) {
            context.getHttpRequest().setHeader(API_KEY, key.value());
            return next.process();
        }
        return tokens.getToken()
                .onErrorMap(NoTokenException::new)
                .map(AccessToken::getToken)
                .flatMap(token -> {
                    context.getHttpRequest().setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token);
                    return next.process();
                });
    }

    /** The router has no token to show: its own fault, not the region's (R7). */
    static final class NoTokenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoTokenException(Throwable cause) {
            super("token: none (expected: a managed identity that may call Azure OpenAI)", cause);
        }
    }
}
