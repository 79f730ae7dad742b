package io.github.regionrouter.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.region.Access.Cause;
import io.github.regionrouter.testing.ManualTicker;
import java.time.Duration;

/** For tests of one deployment's health: what happens to it, at a time that is handed in. */
abstract class OneDeployment {

    final ManualTicker clock = new ManualTicker();
    RegionHealth health = RegionHealth.WELL;

    Access access() {
        return health.access(clock.nanos());
    }

    Access.Shut shut() {
        assertThat(access()).isInstanceOf(Access.Shut.class);
        return (Access.Shut) access();
    }

    static Access cooling(Duration left) {
        return new Access.Shut(Cause.COOLING, left);
    }

    /** Nobody is sent to a region that is shut: what is told of it then was sent before. */
    private long sent() {
        return access() instanceof Access.Shut
                ? clock.nanos() - Duration.ofDays(1).toNanos()
                : clock.nanos();
    }

    void throttled(Duration wait) {
        health = health.throttled(clock.nanos(), sent(), wait);
    }

    void fail(int times) {
        for (int i = 0; i < times; i++) {
            health = health.failed(clock.nanos(), sent());
        }
    }

    void served() {
        health = health.served(clock.nanos(), sent());
    }

    void passPause() {
        clock.advance(shut().left());
        assertThat(access()).isEqualTo(new Access.FirstCall());
    }

    void claim() {
        health = health.claimed(clock.nanos());
    }
}
