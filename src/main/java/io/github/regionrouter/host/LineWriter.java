package io.github.regionrouter.host;

import java.io.PrintStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Writes lines from a thread of its own, since writing may block and event loops must not. What does not fit into its queue is lost
 * and counted; the count is told with the next line.
 */
final class LineWriter implements Consumer<String>, AutoCloseable {

    private static final int MOST = 20_000;

    private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(MOST);
    private final AtomicLong lost = new AtomicLong();
    private final PrintStream out;
    private final Thread thread;
    private volatile boolean closed;

    LineWriter(PrintStream out) {
        this.out = out;
        this.thread = new Thread(this::write, "lines");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void accept(String line) {
        if (!queue.offer(line)) {
            lost.incrementAndGet();
        }
    }

    /** Writes what is left. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(2_000);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        while (!closed) {
            try {
                print(queue.take());
            } catch (InterruptedException end) {
                break;
            }
        }
        for (String line = queue.poll(); line != null; line = queue.poll()) {
            print(line);
        }
        out.flush();
    }

    private void print(String line) {
        long missing = lost.getAndSet(0);
        if (missing > 0) {
            out.println("{\"event\":\"lines_lost\",\"count\":" + missing + "}");
        }
        out.println(line);
    }
}
