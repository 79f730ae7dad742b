package io.github.regionrouter.lab.bench;

import com.fasterxml.jackson.databind.JsonNode;

/** What is read out of a sample. */
final class Figures {

    private Figures() {}

    /** Microseconds; a failed request counts as one, since it cost something. */
    static double cpuPerRequest(JsonNode sample) {
        return sample.path("cpuMicros").asDouble() / sample.path("requests").asDouble();
    }

    static double cpuPerEvent(JsonNode sample) {
        return cpuPerRequest(sample) / StreamSource.EVENTS;
    }

    /** In a second. */
    static double throughput(JsonNode sample) {
        return sample.path("requests").asDouble() / sample.path("seconds").asDouble();
    }

    /** From 0 to 1. */
    static double failed(JsonNode sample) {
        return sample.path("failed").asDouble() / sample.path("requests").asDouble();
    }

    static double cpuRatio(JsonNode one, JsonNode other) {
        return cpuPerRequest(one) / cpuPerRequest(other);
    }
}
