package io.github.regionrouter.lab.load;

/**
 * Round numbers for an axis.
 *
 * @param step between two ticks
 * @param top a multiple of the step, at least the greatest value
 */
record NiceScale(int step, int top) {

    private static final int[] CLOCK = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200
    };
    private static final double LARGEST = 1e9;

    /** Steps of 1, 2 or 5 times a power of ten, so that there are no more ticks than this above zero. */
    static NiceScale of(double greatest, int ticks) {
        double most = Math.min(LARGEST, Math.max(1, greatest));
        int power = 1;
        while (true) {
            for (int factor : new int[] {1, 2, 5}) {
                int step = factor * power;
                if (most <= (double) step * ticks) {
                    return new NiceScale(step, step * (int) Math.ceil(most / step));
                }
            }
            power *= 10;
        }
    }

    /** Seconds between two ticks of a clock, so that there are no more than this. */
    static int clock(int seconds, int ticks) {
        for (int step : CLOCK) {
            if (seconds <= (long) step * ticks) {
                return step;
            }
        }
        return 24 * 3_600;
    }
}
