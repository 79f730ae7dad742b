package io.github.regionrouter.host;

import io.github.regionrouter.RouterRequest;
import io.github.regionrouter.settings.RouterSettings;
import io.github.regionrouter.settings.RouterSettings.Caller;
import io.github.regionrouter.settings.RouterSettings.CallerKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells callers by their keys. Keys are kept as SHA-256 and compared in constant time, so that neither memory nor the time of
 * an answer gives one away. A key may stand in any header that a client of Azure OpenAI, OpenAI, Anthropic or API Management
 * uses. Where Easy Auth stands in front of the router and says so, it may name a caller too.
 */
final class CallerKeys {

    private static final List<String> HEADERS = List.of("api-key", "x-api-key", "ocp-apim-subscription-key");
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    /** What Easy Auth says of who signed in. Without Easy Auth anybody could write it. */
    private static final String PRINCIPAL = "x-ms-client-principal-id";

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Caller> principals = new HashMap<>();
    private final boolean anonymous;

    /** @param easyAuth whether the platform authenticates, and so takes {@code x-ms-client-principal-id} from strangers */
    CallerKeys(RouterSettings settings, boolean easyAuth) {
        for (Caller caller : settings.callers()) {
            for (CallerKey key : caller.keys()) {
                entries.add(new Entry(digest(key.value()), caller));
            }
            if (easyAuth) {
                caller.principals().forEach(id -> principals.put(id.toLowerCase(Locale.ROOT), caller));
            }
        }
        anonymous = settings.anonymous();
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
        if (caller == null) {
            String principal = request.header(PRINCIPAL);
            caller = principal == null ? null : principals.get(principal.toLowerCase(Locale.ROOT));
        }
        return caller != null ? Optional.of(caller) : anonymous ? Optional.of(Caller.ANYBODY) : Optional.empty();
    }

    /** Who looks at a page: as {@link #callerOf}, or with the key as the password of Basic authentication. */
    Optional<Caller> visitor(RouterRequest request) {
        Caller caller = owner(password(request.header("authorization")));
        return caller != null ? Optional.of(caller) : callerOf(request);
    }

    private static @Nullable String password(@Nullable String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
            return null;
        }
        try {
            byte[] pair = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).trim());
            String text = new String(pair, StandardCharsets.UTF_8);
            return text.substring(text.indexOf(':') + 1);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
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
