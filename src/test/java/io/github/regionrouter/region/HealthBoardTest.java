package io.github.regionrouter.region;

import static io.github.regionrouter.testing.Regions.region;
import static io.github.regionrouter.testing.Regions.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.region.RegionSelector.Choice;
import io.github.regionrouter.testing.ManualTicker;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What is known of whom (design §1: per endpoint and deployment), and by how many calls at once. */
class HealthBoardTest {

    private final ManualTicker clock = new ManualTicker();
    private final HealthBoard board = new HealthBoard(clock);
    private final Region east = region("eastus");
    private final Region west = region("westus");

    @Test
    void aCooldownBelongsToOneDeploymentAndNotToItsResource() {
        Region other = with(new Deployment(east.endpoint(), "gpt-4o-mini"));

        board.throttled(sent(board, east), Duration.ofSeconds(7));

        assertThat(board.access(east)).isInstanceOf(Access.Shut.class);
        assertThat(board.access(other)).isEqualTo(new Access.Free());
    }

    @Test
    void aBreakerBelongsToOneDeploymentAndNotToItsResource() {
        Region other = with(new Deployment(east.endpoint(), "gpt-4o-mini"));
        for (int i = 0; i < 3; i++) {
            board.failed(sent(board, east));
        }
        assertThat(board.access(east)).isInstanceOf(Access.Shut.class);
        assertThat(board.access(other)).isEqualTo(new Access.Free());
    }

    @Test
    void equalDeploymentNamesInTwoResourcesAreTwoDeployments() {
        Region other = with(new Deployment(URI.create("https://other.openai.azure.com"), "gpt-4o"));

        board.throttled(sent(board, east), Duration.ofSeconds(7));

        assertThat(board.access(other)).isEqualTo(new Access.Free());
    }

    @Test
    void twoModelsThatUseOneDeploymentShareItsState() {
        Region sameDeploymentOtherwiseNamed = new Region("alias", east.deployment(), 9, 9, "eu", east.credential());

        board.throttled(sent(board, east), Duration.ofSeconds(7));

        assertThat(board.access(sameDeploymentOtherwiseNamed)).isInstanceOf(Access.Shut.class);
    }

    @Test
    void aRefreshOfTheSettingsKeepsTheStateOfDeploymentsThatStay() {
        board.throttled(sent(board, east), Duration.ofSeconds(7));
        board.throttled(sent(board, west), Duration.ofSeconds(7));

        board.keepOnly(Set.of(east.deployment()));

        assertThat(board.access(east)).isInstanceOf(Access.Shut.class);
        assertThat(board.access(west)).isEqualTo(new Access.Free());
    }

    @Test
    void callsUnderWayAreCountedUntilTheyArrive() {
        board.sent(east);
        board.sent(east);
        board.sent(west);
        board.arrived(east);

        assertThat(board.inFlight(east)).isEqualTo(1);
        assertThat(board.inFlight(west)).isEqualTo(1);
    }

    @Test
    void aCallUnderWayToADeploymentThatARefreshRemovesLeavesNoDebtBehind() {
        board.sent(east);
        board.keepOnly(Set.of());
        board.arrived(east);

        assertThat(board.inFlight(east)).isZero();
    }

    @Test
    void nobodyClaimsAFirstCallWhereNoneIsDue() {
        assertThat(board.claimFirstCall(east)).isFalse();
        board.throttled(sent(board, east), Duration.ofSeconds(7));
        assertThat(board.claimFirstCall(east)).isFalse();
    }

    @Test
    void theFirstCallIsClaimedOnce() {
        coolAndPass();

        assertThat(board.claimFirstCall(east)).isTrue();
        assertThat(board.claimFirstCall(east)).isFalse();
    }

    @Test
    void aReleasedFirstCallIsClaimedByTheNext() {
        coolAndPass();
        board.claimFirstCall(east);
        board.ended(new Choice(east, true, board.now()));

        assertThat(board.claimFirstCall(east)).isTrue();
    }

    @Test
    void aServedFirstCallOpensForAll() {
        coolAndPass();
        board.claimFirstCall(east);
        board.served(sent(board, east));

        assertThat(board.access(east)).isEqualTo(new Access.Free());
    }

    /** The clock holds every thread until all have asked it, so that they decide on what they saw together. */
    @Test
    void ofManyThreadsThatAskAtOnceExactlyOneGoesFirst() throws Exception {
        int threads = 64;
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 20; round++) {
                CyclicBarrier together = new CyclicBarrier(threads);
                ThreadLocal<Boolean> racing = ThreadLocal.withInitial(() -> false);
                HealthBoard shared = new HealthBoard(() -> {
                    if (racing.get()) {
                        racing.set(false);
                        await(together);
                    }
                    return clock.nanos();
                });
                shared.throttled(sent(shared, east), Duration.ofSeconds(7));
                clock.advanceSeconds(7);
                List<Future<Boolean>> claims = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    claims.add(callers.submit(() -> {
                        racing.set(true);
                        return shared.claimFirstCall(east);
                    }));
                }
                int winners = 0;
                for (Future<Boolean> claim : claims) {
                    winners += claim.get() ? 1 : 0;
                }
                assertThat(winners).as("winners of round " + round).isEqualTo(1);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void manyThreadsThatCountLoseNoCall() throws Exception {
        int threads = 16;
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                ends.add(callers.submit(() -> {
                    for (int n = 0; n < 1000; n++) {
                        board.sent(east);
                        board.sent(east);
                        board.arrived(east);
                    }
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(board.inFlight(east)).isEqualTo(threads * 1000);
    }

    @Test
    void threeFailuresThatArriveAtOnceOpenTheBreakerOnce() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(32);
        try {
            CyclicBarrier start = new CyclicBarrier(32);
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                ends.add(callers.submit(() -> {
                    start.await();
                    board.failed(sent(board, east));
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(board.access(east)).isEqualTo(new Access.Shut(Access.Cause.BREAKER, Duration.ofSeconds(5)));
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private void coolAndPass() {
        board.throttled(sent(board, east), Duration.ofSeconds(7));
        clock.advanceSeconds(7);
        assertThat(board.access(east)).isEqualTo(new Access.FirstCall());
    }

    private Region with(Deployment deployment) {
        return new Region("other", deployment, 1, 1, null, new Credential.ManagedIdentity());
    }

    @Test
    void headersLetTheOthersFollowButDoNotWipeOutTheFailures() {
        for (int failures = 0; failures < 3; failures++) {
            board.failed(sent(board, east));
        }
        clock.advanceSeconds(5);
        assertThat(board.claimFirstCall(east)).isTrue();
        Choice first = new Choice(east, true, board.now());

        board.answering(first);
        assertThat(board.access(east)).isEqualTo(new Access.Free());

        board.failed(first); // the stream began with an error
        assertThat(board.access(east)).isEqualTo(new Access.Shut(Access.Cause.BREAKER, Duration.ofSeconds(10)));
    }
}
