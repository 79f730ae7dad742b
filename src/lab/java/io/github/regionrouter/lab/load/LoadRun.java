package io.github.regionrouter.lab.load;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** One run: makes the calls, counts them, tells how far it is. To be used once. */
final class LoadRun {

    private final LoadPlan plan;
    private final Duration refresh;
    private final LiveLine live;
    private final Scheduler timer = Schedulers.newSingle("load-timer", true);
    private final Stop stop = new Stop(timer);

    /** @param refresh between two lines of progress; zero for none */
    LoadRun(LoadPlan plan, Duration refresh, LiveLine live) {
        this.plan = plan;
        this.refresh = refresh;
        this.live = live;
    }

    /** No call sets out any more, and those under way have this long. From any thread; also before {@link #run}. */
    void interrupt(Duration grace) {
        stop.interrupt(grace);
    }

    /** Returns when all calls have ended or were given up. */
    LoadReport run() {
        ScheduledExecutorService screen = Executors.newSingleThreadScheduledExecutor(LoadRun::daemon);
        WarmUp.run(plan);
        try (ChatClient client = new ChatClient(plan, System::nanoTime)) {
            CallDeck deck = new CallDeck(plan);
            Instant started = Instant.now();
            long start = System.nanoTime();
            Recorder recorder = new Recorder(plan, start);
            if (plan.duration() != null) {
                stop.after(plan.duration());
            }
            show(screen, recorder);
            new Loop(plan, stop, System::nanoTime, timer)
                    .run(
                            (index, due) -> {
                                Call call = deck.call(index);
                                recorder.sent(call, due, System.nanoTime());
                                // Counted before the next call of its thread sets out.
                                return client.send(call, due).doOnNext(recorder::add);
                            },
                            (index, due, until) -> recorder.missed(deck.call(index), due, until))
                    .then()
                    .block();
            LoadReport report = recorder.report(started, System.nanoTime(), stop.interrupted());
            end(screen, recorder);
            return report;
        } finally {
            screen.shutdownNow();
            timer.dispose();
        }
    }

    private void show(ScheduledExecutorService screen, Recorder recorder) {
        if (!refresh.isZero()) {
            long nanos = refresh.toNanos();
            screen.scheduleAtFixedRate(
                    () -> live.show(recorder.progress(System.nanoTime())), nanos, nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** The last line, so that the screen says how it ended; on the screen's own thread, behind any line before. */
    private void end(ScheduledExecutorService screen, Recorder recorder) {
        screen.execute(() -> {
            if (!refresh.isZero()) {
                live.show(recorder.progress(System.nanoTime()));
            }
            live.end();
        });
        screen.shutdown();
        try {
            screen.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "load-screen");
        thread.setDaemon(true);
        return thread;
    }
}
