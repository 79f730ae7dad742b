package io.github.regionrouter.lab.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The prompts that one deployment remembers, by their beginnings: of 1,024 tokens, and of each 128 more. Of a beginning only a hash
 * is kept, chained from the one before it. Azure's documentation says so of the sizes; that a request per minute too many is sent
 * to another machine, which remembers nothing, is not simulated. Thread-safe.
 */
final class PromptCache {

    static final int LEAST_TOKENS = 1_024;
    static final int STEP_TOKENS = 128;

    private static final int MOST = 100_000;
    private static final Duration LONGEST_LIFE = Duration.ofHours(1);

    private final Caching caching;
    private final LongSupplier clock;
    private final Map<Long, Use> uses = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Use> eldest) {
            return size() > MOST;
        }
    };

    PromptCache(Caching caching, LongSupplier clock) {
        this.caching = caching;
        this.clock = clock;
    }

    /** How many tokens at the beginning of a prompt are remembered. */
    long known(Demand demand) {
        List<Long> beginnings = beginnings(demand);
        return beginnings.isEmpty() ? 0 : known(beginnings, clock.getAsLong());
    }

    /** Remembers a prompt from now on. */
    void remember(Demand demand) {
        List<Long> beginnings = beginnings(demand);
        if (!beginnings.isEmpty()) {
            remember(beginnings, clock.getAsLong());
        }
    }

    private synchronized long known(List<Long> beginnings, long now) {
        int known = 0;
        while (known < beginnings.size() && isFresh(beginnings.get(known), now)) {
            known++;
        }
        return known == 0 ? 0 : LEAST_TOKENS + (known - 1L) * STEP_TOKENS;
    }

    private synchronized void remember(List<Long> beginnings, long now) {
        for (Long beginning : beginnings) {
            long firstAt = isFresh(beginning, now) ? uses.get(beginning).firstAt() : now;
            uses.put(beginning, new Use(firstAt, now));
        }
    }

    private boolean isFresh(Long beginning, long now) {
        Use use = uses.get(beginning);
        return use != null && use.freshAt(now, life(beginning));
    }

    /** Between the shortest and the longest, by the hash itself. */
    private long life(long beginning) {
        long spread = caching.longest().minus(caching.shortest()).toNanos();
        return caching.shortest().toNanos() + Math.floorMod(beginning, spread + 1);
    }

    private List<Long> beginnings(Demand demand) {
        if (caching.off() || demand.prompt().tokens() < LEAST_TOKENS) {
            return List.of();
        }
        List<Long> beginnings = new ArrayList<>();
        long hash = demand.cacheKey();
        long characters = 0;
        long next = (long) LEAST_TOKENS * PromptText.CHARACTERS_PER_TOKEN;
        for (String text : demand.prompt().texts()) {
            // Where one text ends and the next begins is part of a prompt.
            hash = mixed(hash, '\uffff');
            for (int i = 0; i < text.length(); i++) {
                hash = mixed(hash, text.charAt(i));
                if (++characters == next) {
                    beginnings.add(hash);
                    next += (long) STEP_TOKENS * PromptText.CHARACTERS_PER_TOKEN;
                }
            }
        }
        return beginnings;
    }

    private static long mixed(long hash, char next) {
        return (hash ^ next) * 0x9E37_79B9_7F4A_7C15L + (hash >>> 29);
    }

    private record Use(long firstAt, long lastAt) {
        boolean freshAt(long now, long life) {
            return now - lastAt <= life && now - firstAt <= LONGEST_LIFE.toNanos();
        }
    }
}
