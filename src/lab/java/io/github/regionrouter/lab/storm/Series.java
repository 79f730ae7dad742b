package io.github.regionrouter.lab.storm;

/** Attempts in each of the first seconds that count. */
final class Series {

    static final int SECONDS = 150;

    private final int[] admitted = new int[SECONDS];
    private final int[] throttled = new int[SECONDS];

    /** @param at nanoseconds since the counting began */
    void count(long at, Reply reply) {
        int second = (int) (at / VirtualTime.SECOND);
        if (second < SECONDS) {
            int[] counts = reply instanceof Reply.Admitted ? admitted : throttled;
            counts[second]++;
        }
    }

    int[] admitted() {
        return admitted;
    }

    int[] throttled() {
        return throttled;
    }
}
