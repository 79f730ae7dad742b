package io.github.regionrouter.openai;

import java.util.Locale;
import java.util.Set;

/**
 * R13: which headers pass. Towards a region by allow-list, since the platform adds a dozen of its own and Azure OpenAI
 * refuses more than ten custom ones (431); towards the caller everything but what belongs to one connection or to the
 * region's own site.
 */
public final class HeaderRules {

    private static final Set<String> TO_REGION = Set.of(
            "accept",
            "accept-encoding",
            "anthropic-beta",
            "anthropic-version",
            "aoai-evals",
            "content-encoding",
            "content-type",
            "extra-parameters",
            "idempotency-key",
            "openai-beta",
            "traceparent",
            "tracestate",
            "user-agent",
            "x-ms-client-request-id");

    /** Hop-by-hop headers (RFC 9110 §7.6.1) and framing, which each connection makes for itself. */
    private static final Set<String> CONNECTION = Set.of(
            "connection",
            "content-length",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** What a region says of its own site, and names that only the router may use. */
    private static final Set<String> OF_THE_REGION = Set.of(
            "alt-svc",
            "api-key",
            "authorization",
            "backend-service-url",
            "set-cookie",
            "strict-transport-security",
            "www-authenticate");

    private static final String DELIMITERS = "\"(),/:;<=>?@[\\]{}";

    private HeaderRules() {}

    /** Whether a header is one that may stand on the wire (RFC 9110 §5): a server would choke on any other. */
    public static boolean isWellFormed(String name, String value) {
        return !name.isEmpty() && isToken(name) && isFieldContent(value);
    }

    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7f || DELIMITERS.indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFieldContent(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '\t' && (c < ' ' || c == 0x7f || c > 0xff)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a request header goes on to a region. */
    public static boolean passesToRegion(String name) {
        return TO_REGION.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether a response header goes back to the caller. */
    public static boolean passesToCaller(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !CONNECTION.contains(lower)
                && !OF_THE_REGION.contains(lower)
                && !lower.startsWith(
                        "access-control-") // which sites may read answers is the router's to say, not a region's
                && !lower.startsWith("x-router-");
    }
}
