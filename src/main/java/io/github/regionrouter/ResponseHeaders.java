package io.github.regionrouter;

import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import io.github.regionrouter.attempt.RetryAfter;
import io.github.regionrouter.openai.HeaderRules;
import io.github.regionrouter.openai.OpenAiError;
import io.github.regionrouter.pipeline.BoundedBody;
import io.github.regionrouter.pipeline.RoutedCall;
import io.github.regionrouter.region.Region;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** R13: the headers of an answer that go to the caller. */
final class ResponseHeaders {

    private static final Set<String> WAITS = Set.of("retry-after", "retry-after-ms", "x-ms-retry-after-ms");

    private static final String BACKEND = "Backend-Service-URL";
    private static final String REGION = "x-router-region";
    private static final String ATTEMPTS = "x-router-attempts";

    private ResponseHeaders() {}

    /** R15: every answer tells its story. */
    static RouterResponse told(HttpResponse response, RoutedCall call, InstantSource clock) {
        Map<String, List<String>> headers = of(response, clock);
        headers.put(RouterResponse.NO_SNIFFING, List.of("nosniff"));
        headers.put(RouterResponse.REQUEST_ID, List.of(call.requestId()));
        Region region = call.answeredBy();
        if (region != null) {
            headers.put(BACKEND, List.of(region.endpoint().toString()));
            headers.put(REGION, List.of(region.name()));
        }
        String story = call.story();
        if (!story.isEmpty()) {
            headers.put(ATTEMPTS, List.of(story));
        }
        return new RouterResponse(
                response.getStatusCode(), headers, BoundedBody.declaredLength(response), response.getBody());
    }

    /** @param clock reads a wait that is given as a date */
    private static Map<String, List<String>> of(HttpResponse response, InstantSource clock) {
        Set<String> nominated = nominatedByConnection(response);
        Map<String, List<String>> passed = new LinkedHashMap<>();
        for (HttpHeader header : response.getHeaders()) {
            String lower = header.getName().toLowerCase(Locale.ROOT);
            if (HeaderRules.passesToCaller(lower)
                    && !nominated.contains(lower)
                    && !lower.equals(RouterResponse.NO_SNIFFING)) { // said by the router itself
                passed.put(header.getName(), header.getValuesList());
            }
        }
        if (response.getStatusCode() >= 400) {
            boundWait(response, clock.instant(), passed);
        }
        return passed;
    }

    /** RFC 9110 §7.6.1: what {@code connection} names belongs to that connection. */
    private static Set<String> nominatedByConnection(HttpResponse response) {
        String value = response.getHeaders().getValue(HttpHeaderName.CONNECTION);
        return value == null || value.equalsIgnoreCase("keep-alive") // by far the most
                ? Set.of()
                : Arrays.stream(value.split(",", -1))
                        .map(name -> name.trim().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
    }

    /** R5: clients sleep for whatever they are told, a day if need be, so no wait over 60 s is ever passed on. */
    private static void boundWait(HttpResponse response, Instant now, Map<String, List<String>> passed) {
        Duration longest = OpenAiError.LONGEST_RETRY_AFTER;
        if (WAITS.stream().anyMatch(name -> isOver(longest, name, response, now))) {
            passed.keySet().removeIf(name -> WAITS.contains(name.toLowerCase(Locale.ROOT)));
            passed.put("retry-after", List.of(Long.toString(longest.toSeconds())));
            passed.put("retry-after-ms", List.of(Long.toString(longest.toMillis())));
        }
    }

    private static boolean isOver(Duration longest, String name, HttpResponse response, Instant now) {
        Duration wait = RetryAfter.fromHeaders(
                wanted -> wanted.equals(name) ? response.getHeaders().getValue(HttpHeaderName.fromString(name)) : null,
                now);
        return wait != null && wait.compareTo(longest) > 0;
    }
}
