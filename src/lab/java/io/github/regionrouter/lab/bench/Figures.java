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

    /** Per cent of the CPU; 0 for what is no JVM. */
    static double compilers(JsonNode sample) {
        double cpu = sample.path("cpuMicros").asDouble();
        return cpu == 0 ? 0 : 100 * sample.path("compilerMicros").asDouble() / cpu;
    }

    static double cpuRatio(JsonNode one, JsonNode other) {
        return cpuPerRequest(one) / cpuPerRequest(other);
    }
}
