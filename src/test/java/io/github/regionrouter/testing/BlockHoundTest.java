package io.github.regionrouter.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Every test runs under BlockHound; this one sees that it is awake. */
final class BlockHoundTest {

    @Test
    void blockingOnAThreadThatMustNotBlockIsAnError() {
        Throwable thrown = Mono.fromCallable(() -> {
                    Thread.sleep(1);
                    return "slept";
                })
                .subscribeOn(Schedulers.parallel())
                .map(slept -> new Throwable(slept))
                .onErrorResume(Mono::just)
                .block(Duration.ofSeconds(10));

        assertThat(thrown).isInstanceOf(BlockingOperationError.class);
    }

    @Test
    void blockingElsewhereIsNot() {
        String done = Mono.fromCallable(() -> {
                    Thread.sleep(1);
                    return "slept";
                })
                .subscribeOn(Schedulers.boundedElastic())
                .block(Duration.ofSeconds(10));

        assertThat(done).isEqualTo("slept");
    }
}
