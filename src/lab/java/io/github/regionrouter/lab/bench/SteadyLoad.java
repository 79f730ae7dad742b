package io.github.regionrouter.lab.bench;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import reactor.netty.http.client.HttpClient;

/**
 * Posts at a fixed rate, whatever the answers do, from one event loop. A time counts from when its request was due, so that a slow
 * answer does not hide the wait of those behind it (coordinated omission).
 */
final class SteadyLoad {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final HttpClient client;
    private final EventLoop loop;
    private final Target target;
    private final long every;
    private final long count;
    private final CountDownLatch open;
    private final Histogram first = new Histogram(LONGEST.toNanos(), 3);
    private final Histogram whole = new Histogram(LONGEST.toNanos(), 3);
    private long started;
    private long next;
    private long failed;

    /**
     * @param client runs on {@code loop} alone, which then guards all state
     * @param rate requests a second
     */
    SteadyLoad(HttpClient client, EventLoop loop, Target target, int rate, int seconds) {
        this.client = client.responseTimeout(LONGEST);
        this.loop = loop;
        this.target = target;
        this.every = TimeUnit.SECONDS.toNanos(1) / rate;
        this.count = (long) rate * seconds;
        this.open = new CountDownLatch(Math.toIntExact(count));
    }

    /** JSON fields: how many were sent and failed, and percentiles in µs until the first part of the body and until its end. */
    String run() throws InterruptedException {
        started = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10);
        ScheduledFuture<?> ticks =
                loop.scheduleAtFixedRate(this::sendWhatIsDue, started - System.nanoTime(), every, TimeUnit.NANOSECONDS);
        boolean answered = open.await(count * every + LONGEST.toNanos(), TimeUnit.NANOSECONDS);
        ticks.cancel(false);
        long unanswered = answered ? 0 : open.getCount();
        return loop.submit(() -> String.format(
                        Locale.ROOT,
                        "\"requests\":%d,\"failed\":%d,%s,%s",
                        count,
                        failed + unanswered,
                        percentiles("first", first),
                        percentiles("whole", whole)))
                .syncUninterruptibly()
                .getNow();
    }

    private void sendWhatIsDue() {
        for (long now = System.nanoTime(); next < count && started + next * every <= now; next++) {
            send(started + next * every);
        }
    }

    private void send(long due) {
        boolean[] begun = new boolean[1];
        target.post(
                        client,
                        content -> content.doOnNext(part -> {
                                    if (!begun[0]) {
                                        begun[0] = true;
                                        record(first, due);
                                    }
                                })
                                .then())
                .doFinally(signal -> open.countDown())
                .subscribe(nothing -> {}, error -> failed++, () -> record(whole, due));
    }

    private static void record(Histogram times, long due) {
        times.recordValue(Math.min(System.nanoTime() - due, LONGEST.toNanos()));
    }

    private static String percentiles(String name, Histogram times) {
        return String.format(
                Locale.ROOT,
                "\"%sP50\":%.1f,\"%sP99\":%.1f,\"%sMax\":%.1f",
                name,
                times.getValueAtPercentile(50) / 1e3,
                name,
                times.getValueAtPercentile(99) / 1e3,
                name,
                times.getMaxValue() / 1e3);
    }
}
