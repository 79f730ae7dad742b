package io.github.regionrouter.lab.simulator;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Random ids without {@code SecureRandom}, which may block an event loop. */
final class Ids {

    private static final long VERSION = 0xF000L;
    private static final long VARIANT = 0xC000_0000_0000_0000L;

    private Ids() {}

    static String uuid() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long most = (random.nextLong() & ~VERSION) | 0x4000L;
        long least = (random.nextLong() & ~VARIANT) | 0x8000_0000_0000_0000L;
        return new UUID(most, least).toString();
    }

    /** An id such as {@code resp_0f3c…}. */
    static String of(String prefix) {
        return prefix + uuid().replace("-", "");
    }
}
