package io.github.regionrouter.host;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Writes lines from a thread of its own, since writing may block and event loops must not. What does not fit into its queue is lost
 * and counted; the count is told with the next line.
 */
final class LineWriter implements Consumer<String>, AutoCloseable {

    private static final int MOST = 20_000;

    /** In characters, give or take a line. */
    private static final int PIECE = 8 * 1024;

    private static final long SHORT_NAP = Duration.ofMillis(10).toNanos();
    private static final long LONGEST_NAP = Duration.ofSeconds(1).toNanos();

    private final Queue<String> queue = new ConcurrentLinkedQueue<>(); // a lock, too, would hold an event loop up
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong lost = new AtomicLong();
    private final PrintStream out;
    private final Thread thread;
    private final AtomicBoolean asleep = new AtomicBoolean();
    private volatile boolean closed;

    LineWriter(PrintStream out) {
        this.out = out;
        this.thread = new Thread(this::write, "lines");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void accept(String line) {
        if (waiting.incrementAndGet() > MOST) {
            waiting.decrementAndGet();
            lost.incrementAndGet();
            return;
        }
        queue.add(line);
        if (asleep.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    /** Writes what is left. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(2_000);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        while (true) {
            boolean last = closed;
            while (!queue.isEmpty()) {
                writeSome();
            }
            out.flush();
            if (last) {
                return;
            }
            nap();
        }
    }

    /** Many lines at once: standard output costs a system call each time it is written to. */
    private void writeSome() {
        StringBuilder text = new StringBuilder(PIECE + 512);
        long missing = lost.getAndSet(0);
        if (missing > 0) {
            append(text, "{\"event\":\"lines_lost\",\"count\":" + missing + "}");
        }
        int lines = 0;
        while (text.length() < PIECE) {
            String line = queue.poll();
            if (line == null) {
                break;
            }
            append(text, line);
            lines++;
        }
        out.print(text);
        waiting.addAndGet(-lines);
    }

    private static void append(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }

    /** A busy router is not asked to wake this thread for each line: it looks again soon by itself. */
    private void nap() {
        LockSupport.parkNanos(this, SHORT_NAP);
        asleep.set(true);
        if (queue.isEmpty() && !closed) {
            LockSupport.parkNanos(this, LONGEST_NAP);
        }
        asleep.set(false);
    }
}
