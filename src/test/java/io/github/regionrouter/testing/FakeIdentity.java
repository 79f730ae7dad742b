package io.github.regionrouter.testing;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import reactor.core.publisher.Mono;

/** An identity whose tokens are {@code token-of-the-router-1}, {@code token-of-the-router-2} and so on, each valid for an hour. */
public final class FakeIdentity implements TokenCredential {

    private final InstantSource clock;
    private final List<TokenRequestContext> requests = new CopyOnWriteArrayList<>();
    private volatile boolean failing;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    public FakeIdentity(InstantSource clock) {
        this.clock = clock;
    }

    /** What was asked for, oldest first. */
    public List<TokenRequestContext> requests() {
        return requests;
    }

    /** From now on there is no token to be had, or there is again. */
    public void failing(boolean fails) {
        failing = fails;
    }

    /** Holds every answer back until the latch is open; blocks, as some credentials do. */
    public void heldBy(CountDownLatch latch) {
        gate = latch;
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        requests.add(request);
        int number = requests.size();
        try {
            gate.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return failing
                ? Mono.error(new IllegalStateException("secret-of-the-identity: no token"))
                : Mono.just(new AccessToken(
                        "token-of-the-router-" + number,
                        clock.instant().plus(Duration.ofHours(1)).atOffset(ZoneOffset.UTC)));
    }
}
