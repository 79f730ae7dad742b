package io.github.regionrouter.lab.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Streams that are open and say nothing after their first event. */
final class IdleStreams implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** So slowly that no gateway has to refuse: its backlog may be short. */
    private static final Duration EVERY = Duration.ofMillis(3);

    private final Disposable.Composite streams = Disposables.composite();
    private final AtomicInteger begun = new AtomicInteger();

    /** Returns how many have had their first event, when all have or the time is up. */
    int open(HttpClient client, Target target, int count) {
        Flux.interval(EVERY)
                .take(count)
                .doOnNext(tick -> streams.add(target.post(
                                client, content -> content.doOnNext(new First()).then())
                        .subscribe(nothing -> {}, ended -> {})))
                .then(Mono.defer(() -> Flux.interval(EVERY)
                        .takeUntil(tick -> begun.get() >= count)
                        .then()))
                .timeout(LONGEST, Mono.empty())
                .block();
        return begun.get();
    }

    @Override
    public void close() {
        streams.dispose();
    }

    private final class First implements java.util.function.Consumer<Object> {

        private boolean had;

        @Override
        public void accept(Object part) {
            if (!had) {
                had = true;
                begun.incrementAndGet();
            }
        }
    }
}
