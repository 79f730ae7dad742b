package io.github.regionrouter.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Lines are written by a thread of their own, and nobody waits for it. */
final class LineWriterTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void everyLineOfManyThreadsThatMustNotBlockIsWritten() {
        try (LineWriter lines = new LineWriter(printing(bytes))) {
            Flux.range(0, 10_000)
                    .parallel(4)
                    .runOn(Schedulers.parallel()) // on these BlockHound finds whoever waits, for a lock too
                    .doOnNext(number -> lines.accept("line " + number))
                    .sequential()
                    .blockLast();
        }

        assertThat(written())
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 10_000)
                        .mapToObj(number -> "line " + number)
                        .toList());
    }

    @Test
    void whatDoesNotFitIsCounted() {
        CountDownLatch gate = new CountDownLatch(1);
        OutputStream slow = new OutputStream() {
            @Override
            public void write(int one) {
                try {
                    gate.await();
                } catch (InterruptedException hurried) {
                    Thread.currentThread().interrupt();
                }
                bytes.write(one);
            }
        };
        try (LineWriter lines = new LineWriter(printing(slow))) {
            for (int i = 0; i < 20_100; i++) {
                lines.accept("x");
            }
            gate.countDown();
        }

        long kept = written().stream().filter("x"::equals).count();
        assertThat(kept).isBetween(20_000L, 20_099L);
        assertThat(written()).contains("{\"event\":\"lines_lost\",\"count\":" + (20_100 - kept) + "}");
    }

    private List<String> written() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static PrintStream printing(OutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
