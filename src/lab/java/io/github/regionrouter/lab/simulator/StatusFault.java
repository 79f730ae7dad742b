package io.github.regionrouter.lab.simulator;

import java.util.Map;

/**
 * Answers a status instead of what was asked for.
 *
 * @param status HTTP status, 200 to 599
 * @param headers headers which win over the region's own ones
 * @param body the body as text; JSON unless {@code content-type} says something else
 */
public record StatusFault(int status, Map<String, String> headers, String body) implements Fault.Instead {

    /** Checks the range. */
    public StatusFault {
        Check.that(status >= 200 && status <= 599, "status", status, "200 to 599");
        headers = Map.copyOf(headers);
    }

    Answer answer() {
        return Answer.text(status, body).withHeaders(headers);
    }
}
