package io.github.regionrouter.lab.simulator;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where an operation is found.
 *
 * @param method upper case
 * @param template the segments of a path, variables in braces, e.g. those of {@code /openai/deployments/{deployment}/embeddings}
 * @param dated whether {@code api-version} is mandatory
 */
record Route(String method, List<String> template, boolean dated, Operation operation) {

    /** The dated API: {@code /openai…?api-version=YYYY-MM-DD}. */
    static Route dated(String method, String path, Operation operation) {
        return new Route(method, segments("/openai" + path), true, operation);
    }

    /** The v1 API: {@code /openai/v1…}. */
    static Route v1(String method, String path, Operation operation) {
        return new Route(method, segments("/openai/v1" + path), false, operation);
    }

    /** Azure AI Model Inference: {@code /models…?api-version=}. */
    static Route inference(String method, String path, Operation operation) {
        return new Route(method, segments("/models" + path), true, operation);
    }

    /** Anthropic's API: {@code /anthropic/v1…}. */
    static Route anthropic(String method, String path, Operation operation) {
        return new Route(method, segments("/anthropic/v1" + path), false, operation);
    }

    static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }

    /** The variables of the path when this route is meant, else nothing. */
    Optional<Map<String, String>> match(String requestMethod, List<String> path) {
        if (!method.equals(requestMethod) || template.size() != path.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String segment = template.get(i);
            if (segment.startsWith("{")) {
                String name = segment.substring(1, segment.length() - 1);
                variables.put(name, QueryStringDecoder.decodeComponent(path.get(i)));
            } else if (!segment.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
