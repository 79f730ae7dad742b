package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.withoutKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.FakeIdentity;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import io.github.regionrouter.testing.WireRegion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** R7 for regions without a key: one token for all, refreshed once when a region refuses it. */
abstract class ManagedIdentityContract extends RouterContract {

    private final HandClock clock = new HandClock();
    private final FakeIdentity identity = new FakeIdentity(clock);
    private final Set<String> withdrawn = ConcurrentHashMap.newKeySet();
    private WireRegion east;
    private WireRegion west;
    private Caller caller;

    ManagedIdentityContract(HostUnderTest host) {
        super(host);
    }

    @BeforeEach
    void startTwoRegionsThatTakeTokens() throws Exception {
        east = wireRegion(this::judge);
        west = wireRegion(this::judge);
        caller = start(
                SettingsJson.model(
                        "gpt-4o", withoutKey("eastus", east.endpoint()), withoutKey("westus", west.endpoint())),
                clock,
                identity);
    }

    @Test
    void oneTokenServesEveryCall() throws Exception {
        caller.with("authorization", "Bearer of-the-caller").chat().isOk();
        caller.chat().isOk();

        assertThat(identity.requests()).hasSize(1);
        assertThat(identity.requests().get(0).getScopes())
                .containsExactly("https://cognitiveservices.azure.com/.default");
        assertThat(tokensSeenBy(east)).containsExactly("token-of-the-router-1", "token-of-the-router-1");
        assertThat(east.log()).noneMatch(request -> request.head().contains("api-key"));
    }

    @Test
    void aRefusedTokenIsRefreshedOnceAndTheSameRegionAskedAgain() throws Exception {
        withdrawn.add("token-of-the-router-1");

        Reply reply = caller.chat().isOk();

        assertThat(reply.attempts()).isEqualTo("eastus;status=401;same_region, eastus;status=200;return");
        assertThat(tokensSeenBy(east)).containsExactly("token-of-the-router-1", "token-of-the-router-2");
        assertThat(identity.requests().get(1).getClaims())
                .as("asks past the cache")
                .contains("nbf");
        caller.chat().isOk();
        assertThat(identity.requests()).hasSize(2);
    }

    @Test
    void aFreshTokenThatIsRefusedTooMovesTheCallOnAndRestsTheRegion() throws Exception {
        withdrawn.addAll(Set.of("token-of-the-router-1", "token-of-the-router-2"));
        Reply reply = caller.chat().isError(502, "upstream_auth_failed");

        assertThat(reply.attempts())
                .isEqualTo("eastus;status=401;same_region, eastus;status=401;next_region, westus;status=401;exhausted");
        assertThat(identity.requests()).hasSize(2);
        caller.chat().isError(502, "upstream_auth_failed");
        assertThat(identity.requests()).as("both rest, nobody is called").hasSize(2);
        withdrawn.clear();
        clock.advance(Duration.ofMinutes(5));
        caller.chat().isOk();
    }

    @Test
    void manyCallsWaitForOneRequestForAToken() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        identity.heldBy(gate);
        List<CompletableFuture<Reply>> calls =
                IntStream.range(0, 20).mapToObj(call -> caller.beginChat()).toList();
        awaitRequests(1);
        gate.countDown();

        for (CompletableFuture<Reply> call : calls) {
            call.get().isOk();
        }
        assertThat(identity.requests()).hasSize(1);
    }

    @Test
    void manyCallsWithARefusedTokenShareOneRefresh() throws Exception {
        caller.chat().isOk();
        withdrawn.add("token-of-the-router-1");
        CountDownLatch gate = new CountDownLatch(1);
        identity.heldBy(gate);
        List<CompletableFuture<Reply>> calls =
                IntStream.range(0, 20).mapToObj(call -> caller.beginChat()).toList();
        east.awaitLog(21);
        gate.countDown();

        for (CompletableFuture<Reply> call : calls) {
            assertThat(call.get().isOk().header("x-router-region")).isEqualTo("eastus");
        }
        assertThat(identity.requests()).hasSize(2);
    }

    @Test
    void aTokenIsRenewedFiveMinutesBeforeItsEndAndServesUntilThenIfThatFails() throws Exception {
        caller.chat().isOk();
        clock.advance(Duration.ofMinutes(54));
        caller.chat().isOk();
        assertThat(identity.requests()).hasSize(1);

        clock.advance(Duration.ofMinutes(2));
        identity.failing(true);
        caller.chat().isOk();
        assertThat(tokensSeenBy(east)).containsOnly("token-of-the-router-1");

        identity.failing(false);
        caller.chat().isOk();
        assertThat(tokensSeenBy(east).get(3)).isEqualTo("token-of-the-router-3");
    }

    @Test
    void withoutATokenTheCallerIsToldThatTheRouterIsAtFault() throws Exception {
        identity.failing(true);

        Reply reply = caller.chat().isError(502, "upstream_auth_failed");

        assertThat(reply.text()).doesNotContain("secret-of-the-identity");
        assertThat(west.log()).isEmpty();
    }

    private void judge(WireRegion.Request request, OutputStream out) throws IOException {
        boolean refused = withdrawn.stream().anyMatch(token -> tokenOf(request).equals(token));
        String body = refused ? "{\"error\":{\"code\":\"401\",\"message\":\"No.\"}}" : "{\"choices\":[]}";
        out.write(("HTTP/1.1 " + (refused ? "401 Unauthorized" : "200 OK") + "\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII));
    }

    private void awaitRequests(int count) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (identity.requests().size() < count && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static List<String> tokensSeenBy(WireRegion region) {
        return region.log().stream().map(ManagedIdentityContract::tokenOf).toList();
    }

    private static String tokenOf(WireRegion.Request request) {
        return request.head()
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("authorization: bearer "))
                .map(line -> line.substring("authorization: bearer ".length()))
                .reduce((one, other) -> one + "+" + other)
                .orElse("");
    }
}
