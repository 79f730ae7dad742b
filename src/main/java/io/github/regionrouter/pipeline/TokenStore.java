package io.github.regionrouter.pipeline;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The router's one token, which every region takes. Renewed 5 minutes before its end; while a renewal fails the old one serves
 * as long as it is valid. One request for a token at a time, however many calls wait. A token that a region refused is asked
 * for afresh, past the caches of the identity library (R7); who waits for that does not get what an ordinary renewal brings,
 * which may be the refused one again.
 */
final class TokenStore {

    private static final Duration EARLY = Duration.ofMinutes(5);
    private static final String SCOPE = "https://cognitiveservices.azure.com/.default";

    private final TokenCredential identity;
    private final InstantSource clock;
    private final AtomicReference<@Nullable AccessToken> current = new AtomicReference<>();
    private final AtomicReference<@Nullable Mono<AccessToken>> ordinary = new AtomicReference<>();
    private final AtomicReference<@Nullable Mono<AccessToken>> pastCaches = new AtomicReference<>();

    TokenStore(TokenCredential identity, InstantSource clock) {
        this.identity = identity;
        this.clock = clock;
    }

    /** A token that is valid now. */
    Mono<AccessToken> token() {
        AccessToken token = current.get();
        if (token == null || !isValidFor(token, Duration.ZERO)) {
            return renewal(ordinary);
        }
        return isValidFor(token, EARLY) ? Mono.just(token) : renewal(ordinary).onErrorReturn(token);
    }

    /** A newer token than the one that was refused. */
    Mono<AccessToken> newerThan(String refused) {
        AccessToken token = current.get();
        return token != null && !token.getToken().equals(refused) && isValidFor(token, Duration.ZERO)
                ? Mono.just(token)
                : renewal(pastCaches);
    }

    private Mono<AccessToken> renewal(AtomicReference<@Nullable Mono<AccessToken>> underWay) {
        Mono<AccessToken> mine = Mono.defer(() -> identity.getToken(request(underWay == pastCaches)))
                .subscribeOn(Schedulers.boundedElastic()) // some credentials block
                .doOnNext(current::set)
                .doFinally(signal -> underWay.set(null))
                .cacheInvalidateIf(token -> false);
        return underWay.updateAndGet(others -> others == null ? mine : others);
    }

    private static TokenRequestContext request(boolean afresh) {
        TokenRequestContext request = new TokenRequestContext().addScopes(SCOPE).setCaeEnabled(afresh);
        return afresh ? request.setClaims("{\"access_token\":{\"nbf\":{\"essential\":true}}}") : request;
    }

    private boolean isValidFor(AccessToken token, Duration time) {
        Instant end = token.getExpiresAt().toInstant();
        return end.minus(time).isAfter(clock.instant());
    }
}
