package io.github.regionrouter.lab.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest requests of a region, oldest first. Thread-safe; bounded, so that a long local run does not fill the heap. */
final class RequestLog {

    private final int most;
    private final Deque<ReceivedRequest> requests = new ArrayDeque<>();

    RequestLog(int most) {
        this.most = most;
    }

    synchronized void add(ReceivedRequest request) {
        requests.addLast(request);
        if (requests.size() > most) {
            requests.removeFirst();
        }
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
