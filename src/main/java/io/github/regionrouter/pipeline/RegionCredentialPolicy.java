package io.github.regionrouter.pipeline;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import io.github.regionrouter.attempt.Step.Send;
import io.github.regionrouter.region.Credential;
import reactor.core.publisher.Mono;

/** Gives each attempt exactly one credential: the region's own key, or the router's token. */
final class RegionCredentialPolicy implements HttpPipelinePolicy {

    private static final HttpHeaderName API_KEY = HttpHeaderName.fromString("api-key");
    private static final String SHOWN = "region-router.token";

    private final TokenStore tokens;

    RegionCredentialPolicy(TokenStore tokens) {
        this.tokens = tokens;
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        Send send = RegionRetryPolicy.sendOf(context);
        if (send.region().credential() instanceof Credential.ApiKey key) {
            context.getHttpRequest().setHeader(API_KEY, key.value());
            return next.process();
        }
        Mono<AccessToken> token = send.freshToken()
                ? tokens.newerThan(String.valueOf(context.getData(SHOWN).orElse("")))
                : tokens.token();
        return token.onErrorMap(NoTokenException::new).flatMap(got -> {
            context.setData(SHOWN, got.getToken());
            context.getHttpRequest().setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + got.getToken());
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
