package io.github.regionrouter.lab.storm;

/**
 * Provisioned throughput: calls are admitted while utilisation is not above 100 %, whatever they cost, and what they cost
 * drains at a constant rate (facts/wire.md §2.1).
 */
final class LeakyBucket implements Limit {

    private final double perNano;
    private final double capacity;

    private double level;
    private long looked;

    /** @param capacity what may stand in it at 100 %; not documented by Azure */
    LeakyBucket(double perNano, double capacity) {
        this.perNano = perNano;
        this.capacity = capacity;
    }

    @Override
    public boolean fits(long now, long cost) {
        drain(now);
        return level <= capacity;
    }

    @Override
    public void charge(long now, long cost) {
        drain(now);
        level += cost;
    }

    @Override
    public long untilFits(long now, long cost) {
        drain(now);
        return level <= capacity ? 0 : (long) Math.ceil((level - capacity) / perNano);
    }

    @Override
    public long lapses(long now) {
        drain(now);
        return now + (long) (level / perNano);
    }

    private void drain(long now) {
        level = Math.max(0, level - (now - looked) * perNano);
        looked = now;
    }
}
