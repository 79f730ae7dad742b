package io.github.regionrouter.memory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** A map that keeps what was used last, up to a bound. */
final class Recent<K, V> {

    private final Map<K, V> entries;

    Recent(int most) {
        this.entries = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    synchronized @Nullable V get(K key) {
        return entries.get(key);
    }

    synchronized void put(K key, V value) {
        entries.put(key, value);
    }

    /** Puts the value unless there is one that {@code newer} prefers. */
    synchronized void merge(K key, V value, BinaryOperator<V> newer) {
        entries.merge(key, value, newer);
    }
}
