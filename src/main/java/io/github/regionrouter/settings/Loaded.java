package io.github.regionrouter.settings;

import java.util.Map;

/**
 * Settings that were read and found good, and what they were read from.
 *
 * @param settings in force while nothing newer is
 * @param version of the document: the vault's id for it, or the beginning of its SHA-256
 * @param secrets versions of the vault's secrets that the document names, by name
 */
public record Loaded(RouterSettings settings, String version, Map<String, String> secrets) {

    public Loaded {
        secrets = Map.copyOf(secrets);
    }
}
