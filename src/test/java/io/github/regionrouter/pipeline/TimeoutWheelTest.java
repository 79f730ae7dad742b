package io.github.regionrouter.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The scheduler of production, the one place of the suite where real time has to pass. */
final class TimeoutWheelTest {

    private final Scheduler wheel = TimeoutWheel.ofProcess();

    @ParameterizedTest
    @ValueSource(longs = {1, 40, 999, 1_000, 1_030})
    void aTimerRingsNeverEarly(long millis) throws InterruptedException {
        CountDownLatch rung = new CountDownLatch(1);
        AtomicBoolean onAThreadThatMustNotBlock = new AtomicBoolean();
        long start = System.nanoTime();

        wheel.schedule(
                () -> {
                    onAThreadThatMustNotBlock.set(Schedulers.isInNonBlockingThread());
                    rung.countDown();
                },
                millis,
                TimeUnit.MILLISECONDS);

        assertThat(rung.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(millis));
        assertThat(onAThreadThatMustNotBlock).isTrue();
    }

    @Test
    void aTimerThatIsTakenBackDoesNotRing() throws InterruptedException {
        AtomicBoolean rung = new AtomicBoolean();
        CountDownLatch later = new CountDownLatch(1);

        wheel.schedule(() -> rung.set(true), 1_000, TimeUnit.MILLISECONDS).dispose();
        wheel.schedule(later::countDown, 1_200, TimeUnit.MILLISECONDS);

        assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(rung).isFalse();
    }
}
