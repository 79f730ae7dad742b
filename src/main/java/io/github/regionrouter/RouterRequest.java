package io.github.regionrouter;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A caller's request, as a host hands it over.
 *
 * @param method HTTP method, upper case
 * @param path raw path as it stood on the wire
 * @param query raw query without the question mark; empty if there is none
 * @param headers all of them by lower-case name; credentials never leave the router. Plain strings on purpose: azure-core
 *     keeps every header name it ever saw, and these are the caller's to choose
 * @param body the whole body; empty if there is none; not changed by anyone
 * @param whole whether the host hands the answer over as a whole: it is then read to its end first, and one that breaks off is
 *     tried again in another region
 * @param lines takes one line of JSON for each attempt, and one for the request (design §7)
 */
public record RouterRequest(
        String method,
        String path,
        String query,
        Map<String, List<String>> headers,
        byte[] body,
        boolean whole,
        Consumer<String> lines) {

    /** The same request with this body. */
    public RouterRequest with(byte[] other) {
        return new RouterRequest(method, path, query, headers, other, whole, lines);
    }

    /** The first value of a header, or null if it is absent. */
    public @Nullable String header(String lowerCaseName) {
        List<String> values = headers.get(lowerCaseName);
        return values == null || values.isEmpty() ? null : values.get(0);
    }
}
