package io.github.regionrouter.region;

import java.net.URI;

/**
 * Weighted rendezvous hashing (Thaler and Ravishankar 1998; weights by Schindelhauer and Schomaker 2005): every instance of the
 * router, without talking to the others, puts the regions into the same order for the same key. When the first is not to be
 * had the second is the same for everybody too, so the spill warms one cache and not all. Each region comes first for a share
 * of the keys that is its share of the weight.
 */
final class Rendezvous {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Rendezvous() {}

    /** How far down the list a region stands for a key: the lower the better. */
    static double rank(String key, Region region) {
        URI endpoint = region.endpoint();
        long hash = fnv(
                fnv(fnv(FNV_OFFSET, key), endpoint.toString()),
                region.deployment().name());
        double uniform = ((mix(hash) >>> 11) + 0.5) * 0x1.0p-53; // in (0, 1)
        return -Math.log(uniform) / region.weight();
    }

    private static long fnv(long hash, String text) {
        long next = hash;
        for (int i = 0; i < text.length(); i++) {
            next = (next ^ text.charAt(i)) * FNV_PRIME;
        }
        return next * FNV_PRIME; // so that "a" + "bc" and "ab" + "c" differ
    }

    /** The finalizer of SplitMix64: FNV alone leaves the high bits of short keys alike. */
    private static long mix(long hash) {
        long mixed = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
