package io.github.regionrouter.lab.simulator;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where an operation is found.
 *
 * @param method upper case
 * @param template path with variables, e.g. {@code /openai/deployments/{deployment}/embeddings}
 * @param dated whether {@code api-version} is mandatory
 */
record Route(String method, String template, boolean dated, Operation operation) {

    /** The dated API: {@code /openai…?api-version=YYYY-MM-DD}. */
    static Route dated(String method, String path, Operation operation) {
        return new Route(method, "/openai" + path, true, operation);
    }

    /** The v1 API: {@code /openai/v1…}. */
    static Route v1(String method, String path, Operation operation) {
        return new Route(method, "/openai/v1" + path, false, operation);
    }

    /** Azure AI Model Inference: {@code /models…?api-version=}. */
    static Route inference(String method, String path, Operation operation) {
        return new Route(method, "/models" + path, true, operation);
    }

    /** Anthropic's API: {@code /anthropic/v1…}. */
    static Route anthropic(String method, String path, Operation operation) {
        return new Route(method, "/anthropic/v1" + path, false, operation);
    }

    /** The variables of the path when this route is meant, else nothing. */
    Optional<Map<String, String>> match(String requestMethod, String path) {
        String[] expected = template.split("/", -1);
        String[] actual = path.split("/", -1);
        if (!method.equals(requestMethod) || expected.length != actual.length) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < expected.length; i++) {
            String segment = expected[i];
            if (segment.startsWith("{")) {
                String name = segment.substring(1, segment.length() - 1);
                variables.put(name, QueryStringDecoder.decodeComponent(actual[i]));
            } else if (!segment.equals(actual[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
