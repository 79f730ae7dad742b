package io.github.regionrouter.region;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * R2: takes the lowest tier that has a region which may be called, and within it one region.
 *
 * <p>Within a tier: two picks by weight, and the better of the two by calls in flight per weight ("power of two choices",
 * Mitzenmacher 2001). Idle regions share the load by weight alone; a slow one fills up and is passed over, and no instance
 * needs to know more than its own calls. Trade-off: with two regions of a tier it is no better than "least in flight".
 *
 * <p>A call with a cache key goes where that key's prompt is warm: the first region by {@link Rendezvous} whose load is bounded,
 * so that one busy key cannot flood a region (Mirrokni, Thorup and Zadimoghaddam 2016, with 1.25 as the bound).
 */
public final class RegionSelector {

    /** A region above this multiple of its fair share of the tier's calls in flight is passed over (R2). */
    static final double LOAD_BOUND = 1.25;

    private final HealthBoard board;
    private final DoubleSupplier random;

    /** @param random uniform in [0, 1); called from many threads at once */
    public RegionSelector(HealthBoard board, DoubleSupplier random) {
        this.board = board;
        this.random = random;
    }

    /**
     * Chooses a region, and claims its first call if it has just come out of a pause (R4).
     *
     * @param candidates in tier order
     * @param cacheKey what the prompt's cache goes by; null if the call has no affinity
     * @return null if none may be called now
     */
    public @Nullable Choice choose(List<Region> candidates, @Nullable String cacheKey) {
        int tierStart = 0;
        while (tierStart < candidates.size()) {
            int tierEnd = endOfTier(candidates, tierStart);
            Choice choice = chooseIn(candidates.subList(tierStart, tierEnd), cacheKey);
            if (choice != null) {
                return choice;
            }
            tierStart = tierEnd;
        }
        return null;
    }

    private static int endOfTier(List<Region> candidates, int start) {
        int end = start + 1;
        while (end < candidates.size()
                && candidates.get(end).priority() == candidates.get(start).priority()) {
            end++;
        }
        return end;
    }

    private @Nullable Choice chooseIn(List<Region> tier, @Nullable String cacheKey) {
        List<Region> callable = new ArrayList<>(tier.size());
        for (Region region : tier) {
            Access access = board.access(region);
            if (access instanceof Access.Free || access instanceof Access.FirstCall) {
                callable.add(region);
            }
        }
        while (!callable.isEmpty()) {
            Region picked = pick(callable, cacheKey);
            if (board.access(picked) instanceof Access.Free) {
                return new Choice(picked, false, board.now());
            }
            if (board.claimFirstCall(picked)) {
                return new Choice(picked, true, board.now());
            }
            callable.remove(picked); // another call was quicker to claim it
        }
        return null;
    }

    private Region pick(List<Region> callable, @Nullable String cacheKey) {
        if (callable.size() == 1) {
            return callable.get(0);
        }
        return cacheKey == null ? lessLoaded(callable) : warm(callable, cacheKey);
    }

    private Region lessLoaded(List<Region> callable) {
        Region one = byWeight(callable);
        Region other = byWeight(callable);
        // in flight / weight, compared without dividing
        return (long) board.inFlight(other) * one.weight() < (long) board.inFlight(one) * other.weight() ? other : one;
    }

    /** The first in the key's order that is not over its bound; there always is one, since the bounds add up to more than all. */
    private Region warm(List<Region> callable, String cacheKey) {
        long calls = 1; // this one
        long weights = 0;
        for (Region region : callable) {
            calls += board.inFlight(region);
            weights += region.weight();
        }
        List<Region> order = new ArrayList<>(callable);
        order.sort(Comparator.comparingDouble(region -> Rendezvous.rank(cacheKey, region)));
        for (Region region : order) {
            double fairShare = Math.ceil((double) calls * region.weight() / weights);
            if (board.inFlight(region) + 1 <= Math.ceil(LOAD_BOUND * fairShare)) {
                return region;
            }
        }
        return order.get(0);
    }

    private Region byWeight(List<Region> callable) {
        long total = 0;
        for (Region region : callable) {
            total += region.weight();
        }
        double point = random.getAsDouble() * total;
        for (Region region : callable) {
            point -= region.weight();
            if (point < 0) {
                return region;
            }
        }
        return callable.get(callable.size() - 1);
    }

    /**
     * A region to call.
     *
     * @param first whether this is the first call after a pause; whoever holds it must report what became of it
     * @param sent when it was chosen, in {@link Ticker} nanoseconds
     */
    public record Choice(Region region, boolean first, long sent) {}
}
