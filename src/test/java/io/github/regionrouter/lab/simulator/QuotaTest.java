package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.regionrouter.lab.simulator.QuotaVerdict.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaTest {

    private static final long ORIGIN = -12_345_678_901L;

    private long now = ORIGIN;

    @ParameterizedTest(name = "{1} tokens at {0} ms of a limit of 1000, 600 used: {2}, wait {3} ms, {4} left")
    @CsvSource({
        "0,     400, ADMITTED,        0,        0",
        "0,     401, TOKENS_EXCEEDED, 60000,    400",
        "30000, 401, TOKENS_EXCEEDED, 30000,    400",
        "59999, 401, TOKENS_EXCEEDED, 1,        400",
        "60000, 401, ADMITTED,        0,        599",
        "90000, 1000, ADMITTED,       0,        0",
        "0,     1001, NEVER_FITS,     86400000, 400",
        "60000, 1001, NEVER_FITS,     86400000, 1000",
    })
    void theTokensOfAMinute(long atMillis, long estimate, Outcome outcome, long waitMillis, long left) {
        Quota quota = new Quota(Quotas.NONE.tokensPerMinute(1_000).requestsPerMinute(0), ORIGIN, () -> now);
        quota.admit(600);

        at(atMillis);
        QuotaVerdict verdict = quota.admit(estimate);

        assertThat(verdict.outcome()).isEqualTo(outcome);
        assertThat(verdict.retryAfter()).isEqualTo(Duration.ofMillis(waitMillis));
        assertThat(verdict.tokensLeft()).isEqualTo(left);
    }

    @ParameterizedTest(name = "{0} requests per minute, counted over {1} s: {2} in {3} s")
    @CsvSource({
        "60, 10, 10, 10",
        "600, 10, 100, 10",
        "6, 10, 1, 10",
        "5, 10, 5, 60",
        "1, 10, 1, 60",
        "65, 10, 65, 60",
        "100, 10, 50, 30",
        "60, 1, 1, 1",
        "600, 1, 10, 1",
        "6, 1, 1, 10",
        "150, 1, 5, 2",
        "7, 1, 7, 60",
    })
    void aSliceIsAsLongAsAWholeNumberOfRequestsNeeds(int perMinute, int window, int perSlice, int seconds) {
        Quotas quotas = Quotas.NONE.requestsPerMinute(perMinute).requestWindow(Duration.ofSeconds(window));
        Quota quota = new Quota(quotas, ORIGIN, () -> now);

        for (int i = 0; i < perSlice; i++) {
            assertThat(quota.admit(0).admitted()).isTrue();
        }
        at(300);
        QuotaVerdict refused = quota.admit(0);
        at(seconds * 1_000L);

        assertThat(refused.outcome()).isEqualTo(Outcome.REQUESTS_EXCEEDED);
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(seconds * 1_000L - 300));
        assertThat(refused.requestsLeft()).isZero();
        assertThat(refused.headers())
                .containsEntry("retry-after", String.valueOf(seconds))
                .containsEntry("x-ratelimit-limit-requests", String.valueOf(perMinute));
        assertThat(quota.admit(0).admitted()).isTrue();
    }

    @ParameterizedTest(name = "{0} requests per minute, counted over {1} s")
    @CsvSource({"6, 1", "6, 10", "1, 1", "59, 1", "61, 1", "65, 10", "100, 10", "180, 10", "2000, 1"})
    void aMinuteHasItsWholeQuotaAndNoMore(int perMinute, int window) {
        Quotas quotas = Quotas.NONE.requestsPerMinute(perMinute).requestWindow(Duration.ofSeconds(window));
        Quota quota = new Quota(quotas, ORIGIN, () -> now);
        int admitted = 0;

        for (int millis = 0; millis < 60_000; millis += 10) {
            at(millis);
            admitted += quota.admit(0).admitted() ? 1 : 0;
        }

        assertThat(admitted).isEqualTo(perMinute);
    }

    @Test
    void anyOtherSliceIsRefused() {
        assertThatThrownBy(() -> Quotas.NONE.requestWindow(Duration.ofSeconds(5)))
                .hasMessage("requestWindow: PT5S (expected: 1 s or 10 s)");
    }

    @Test
    void aRefusedCallCountsTowardTheRequestsButChargesNoTokens() {
        Quota quota = new Quota(Quotas.NONE.tokensPerMinute(100).requestsPerMinute(12), ORIGIN, () -> now);

        assertThat(quota.admit(101).outcome()).isEqualTo(Outcome.NEVER_FITS);
        assertThat(quota.admit(101).outcome()).isEqualTo(Outcome.NEVER_FITS);
        QuotaVerdict third = quota.admit(10);

        assertThat(third.outcome()).isEqualTo(Outcome.REQUESTS_EXCEEDED);
        assertThat(third.tokensLeft()).isEqualTo(100);
    }

    @Test
    void whenBothLimitsAreReachedTheLongerWaitIsTold() {
        Quota quota = new Quota(Quotas.NONE.tokensPerMinute(100).requestsPerMinute(6), ORIGIN, () -> now);
        quota.admit(100);

        assertThat(quota.admit(1).retryAfter()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void withoutLimitsEverythingFitsAndNoHeaderSaysOtherwise() {
        QuotaVerdict verdict = new Quota(Quotas.NONE.tokensPerMinute(0).requestsPerMinute(0), ORIGIN, () -> now)
                .admit(Long.MAX_VALUE / 2);

        assertThat(verdict.admitted()).isTrue();
        assertThat(verdict.headers()).isEmpty();
    }

    @Test
    void theWaitOfARefusalIsRoundedUp() {
        Quota quota = new Quota(Quotas.NONE.tokensPerMinute(100).requestsPerMinute(60), ORIGIN, () -> now);
        quota.admit(100);
        now = ORIGIN + 7_999_999_999L;

        assertThat(quota.admit(100).headers())
                .containsEntry("retry-after", "53")
                .containsEntry("retry-after-ms", "52001")
                .containsEntry("x-ratelimit-reset-tokens", "53")
                .containsEntry("x-ratelimit-limit-tokens", "100")
                .containsEntry("x-ratelimit-remaining-tokens", "0")
                .containsEntry("x-ratelimit-limit-requests", "60")
                .containsEntry("x-ratelimit-remaining-requests", "58");
    }

    private void at(long millis) {
        now = ORIGIN + Duration.ofMillis(millis).toNanos();
    }
}
