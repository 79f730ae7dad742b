package io.github.regionrouter.lab.storm;

import java.util.HashMap;
import java.util.Map;

/** A region that admits what its quota allows, and remembers prompts for a while. */
final class QuotaRegion {

    /** In-memory retention is 5 to 10 minutes of idleness (facts/wire.md §6). */
    private static final long PROMPT_KEPT = 300 * VirtualTime.SECOND;

    private final RegionSpec spec;
    private final Limit limit;
    private final Map<Integer, Long> prompts = new HashMap<>();

    QuotaRegion(RegionSpec spec, double phase) {
        this.spec = spec;
        limit = spec.quota().begin(phase);
    }

    RegionSpec spec() {
        return spec;
    }

    /** Refused requests count as requests, and cost no tokens. */
    Reply ask(Call call, long now) {
        if (spec.isLost(now)) {
            return new Reply.Unavailable();
        }
        if (limit.fits(now, cost(call))) {
            limit.charge(now, cost(call));
            return new Reply.Admitted();
        }
        long wait = limit.untilFits(now, cost(call));
        if (!spec.quota().countsTokens()) {
            limit.charge(now, 1);
        }
        return new Reply.Throttled(wait);
    }

    /** Whether the call's prefix was seen lately; it is from now on. */
    boolean knowsPrompt(Call call, long now) {
        Long seen = prompts.put(call.cacheKey(), now);
        return seen != null && now - seen <= PROMPT_KEPT;
    }

    /** How long until the call is admitted, for those who know everything. */
    long untilFits(Call call, long now) {
        return spec.isLost(now) ? Long.MAX_VALUE : limit.untilFits(now, cost(call));
    }

    /** When what is left of the quota is lost, for those who know everything. */
    long lapses(long now) {
        return limit.lapses(now);
    }

    private long cost(Call call) {
        return spec.quota().countsTokens() ? call.tokens() : 1;
    }
}
