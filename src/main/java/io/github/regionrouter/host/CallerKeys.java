package io.github.regionrouter.host;

import io.github.regionrouter.RouterRequest;
import io.github.regionrouter.settings.RouterSettings;
import io.github.regionrouter.settings.RouterSettings.Caller;
import io.github.regionrouter.settings.RouterSettings.CallerKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells callers by their keys. Keys are kept as SHA-256 and compared in constant time, so that neither memory nor the time of
 * an answer gives one away. A key may stand in any header that a client of Azure OpenAI, OpenAI, Anthropic or API Management
 * uses.
 */
final class CallerKeys {

    private static final List<String> HEADERS = List.of("api-key", "x-api-key", "ocp-apim-subscription-key");
    private static final String BEARER = "bearer ";

    private final List<Entry> entries = new ArrayList<>();
    private final boolean anonymous;

    CallerKeys(RouterSettings settings) {
        for (Caller caller : settings.callers()) {
            for (CallerKey key : caller.keys()) {
                entries.add(new Entry(digest(key.value()), caller));
            }
        }
        anonymous = entries.isEmpty() || settings.anonymous();
    }

    /** Who sends the request; empty if no key of a caller comes with it. */
    Optional<Caller> callerOf(RouterRequest request) {
        for (String name : HEADERS) {
            Caller caller = owner(request.header(name));
            if (caller != null) {
                return Optional.of(caller);
            }
        }
        Caller caller = owner(bearer(request.header("authorization")));
        return caller != null ? Optional.of(caller) : anonymous ? Optional.of(Caller.ANYBODY) : Optional.empty();
    }

    private @Nullable Caller owner(@Nullable String key) {
        if (key == null || entries.isEmpty()) {
            return null;
        }
        byte[] presented = digest(key);
        Caller owner = null;
        for (Entry entry : entries) { // all of them, whichever matches
            if (MessageDigest.isEqual(entry.digest, presented)) {
                owner = entry.caller;
            }
        }
        return owner;
    }

    private static @Nullable String bearer(@Nullable String authorization) {
        return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? authorization.substring(BEARER.length()).trim()
                : null;
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256: missing (expected: every Java has it)", impossible);
        }
    }

    private record Entry(byte[] digest, Caller caller) {}
}
