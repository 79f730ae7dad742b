package io.github.regionrouter.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.openai.StreamFamily;
import io.github.regionrouter.testing.HandClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** R14: a caller may hang up at any moment, also in the one in which a region's stream is about to be read. */
final class LateCommitHangUpTest {

    @Test
    void aStreamThatNobodyWantsAnyMoreIsLetGoUnread() {
        HandClock clock = new HandClock();
        List<String> seen = new ArrayList<>();
        BaseSubscriber<Opening> caller = new BaseSubscriber<>() {};
        Flux<ByteBuffer> stream = Flux.from(reader -> {
            caller.cancel();
            reader.onSubscribe(new Subscription() {
                @Override
                public void request(long pieces) {
                    seen.add("asked");
                }

                @Override
                public void cancel() {
                    seen.add("let go");
                }
            });
        });

        LateCommit.open(stream, new StreamReading(StreamFamily.CHAT, event -> {}), clock, clock, Duration.ofSeconds(60))
                .subscribe(caller);

        assertThat(seen).containsExactly("let go");
    }
}
