package io.github.regionrouter.lab.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest requests of a region, oldest first. Thread-safe; bounded, so that a long local run does not fill the heap. */
final class RequestLog {

    private static final int MOST = 10_000;

    private final Deque<ReceivedRequest> requests = new ArrayDeque<>();

    synchronized void add(ReceivedRequest request) {
        if (requests.size() == MOST) {
            requests.removeFirst();
        }
        requests.addLast(request);
        notifyAll();
    }

    synchronized List<ReceivedRequest> snapshot() {
        return List.copyOf(requests);
    }

    synchronized void clear() {
        requests.clear();
    }

    /** Waits until at least so many requests are there; the snapshot may have fewer when time is up. */
    synchronized List<ReceivedRequest> await(int count, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (requests.size() < count) {
            long leftMillis = (end - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                break;
            }
            wait(leftMillis);
        }
        return snapshot();
    }
}
