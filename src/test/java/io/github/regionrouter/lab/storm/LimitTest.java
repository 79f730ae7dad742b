package io.github.regionrouter.lab.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.storm.RegionSpec.Provisioned;
import io.github.regionrouter.lab.storm.RegionSpec.Windowed;
import org.junit.jupiter.api.Test;

/** The quotas of the storm's regions. */
class LimitTest {

    private static final long SECOND = VirtualTime.SECOND;

    @Test
    void aWindowAdmitsItsQuotaAndBeginsAnew() {
        Limit window = Windowed.tokensPerMinute(1_000).begin(0);
        window.charge(0, 900);

        assertThat(window.fits(0, 100)).isTrue();
        assertThat(window.fits(0, 101)).isFalse();
        assertThat(window.untilFits(20 * SECOND, 101)).isEqualTo(40 * SECOND);
        assertThat(window.fits(60 * SECOND, 1_000)).isTrue();
    }

    @Test
    void aWindowMayHaveBegunBeforeTheRun() {
        Limit window = Windowed.requests(1, 10).begin(0.25);
        window.charge(0, 1);

        assertThat(window.untilFits(0, 1)).isEqualTo((long) (7.5 * SECOND));
    }

    @Test
    void aBucketAdmitsUntilItIsOverTheBrim() {
        Limit bucket = new Provisioned(60_000, 10).begin(0); // 1,000 a second, 10,000 deep
        bucket.charge(0, 10_000);

        assertThat(bucket.fits(0, 1)).isTrue();
        bucket.charge(0, 500);
        assertThat(bucket.fits(0, 1)).isFalse();
        assertThat(bucket.untilFits(0, 1)).isEqualTo(SECOND / 2);
        assertThat(bucket.fits(SECOND / 2, 1)).isTrue();
    }
}
