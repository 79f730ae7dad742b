package io.github.regionrouter.lab.load;

import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** Ends a run in two steps: no call sets out any more; then, if somebody waits, those under way are given up. Thread-safe. */
final class Stop {

    private final Sinks.Empty<Void> noMore = Sinks.empty();
    private final Sinks.Empty<Void> giveUp = Sinks.empty();
    private final Scheduler timer;
    private volatile boolean interrupted;

    Stop(Scheduler timer) {
        this.timer = timer;
    }

    /** After this time no call sets out; those under way go on. */
    void after(Duration duration) {
        emit(noMore, duration);
    }

    /** No call sets out from now on, and those under way have this long. */
    void interrupt(Duration grace) {
        interrupted = true;
        noMore.tryEmitEmpty();
        emit(giveUp, grace);
    }

    boolean interrupted() {
        return interrupted;
    }

    /** Completes when no call may set out. */
    Mono<Void> noMore() {
        return noMore.asMono();
    }

    /** Completes when calls under way are given up. */
    Mono<Void> giveUp() {
        return giveUp.asMono();
    }

    private void emit(Sinks.Empty<Void> sink, Duration after) {
        // The timer of a run that is over refuses, and then there is nothing to stop.
        Mono.delay(after, timer).subscribe(over -> sink.tryEmitEmpty(), runIsOver -> {});
    }
}
