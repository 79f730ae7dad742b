package io.github.regionrouter.lab.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A region without its socket: key, route, api-version, deployment, quota, operation, in this order. */
final class RegionService {

    private final RegionConfig config;
    private final List<Route> routes;
    private final long startedNanos;
    private final Map<String, Deployment> deployments = new ConcurrentHashMap<>();

    RegionService(RegionConfig config, List<Route> routes) {
        this.config = config;
        this.routes = routes;
        startedNanos = config.clock().getAsLong();
    }

    Answer answer(ReceivedRequest request) {
        ErrorShape shape = ErrorShape.of(request.path());
        try {
            return shape.shaped(found(request));
        } catch (Refusal e) {
            return shape.shaped(e.answer());
        }
    }

    private Answer found(ReceivedRequest request) {
        if (!hasKey(request)) {
            return Answer.text(401, AzureError.bodyOf(401));
        }
        List<String> path = Route.segments(request.path());
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(request.method(), path);
            if (variables.isPresent()) {
                return routed(route, new Call(config, request, variables.get()));
            }
        }
        return Answer.text(404, AzureError.RESOURCE_NOT_FOUND);
    }

    private Answer routed(Route route, Call call) {
        if (route.dated() && call.query("api-version") == null) {
            return Answer.text(404, AzureError.RESOURCE_NOT_FOUND);
        }
        Operation operation = route.operation();
        if (!operation.forDeployment()) {
            return operation.answer(call);
        }
        String deployment = call.deployment();
        if (!config.serves(deployment)) {
            return Answer.text(404, AzureError.DEPLOYMENT_NOT_FOUND);
        }
        return deployments.computeIfAbsent(deployment, this::deployed).answer(operation, call);
    }

    private Deployment deployed(String name) {
        return new Deployment(config.quotasOf(name), config, startedNanos);
    }

    private boolean hasKey(ReceivedRequest request) {
        String key = config.apiKey();
        return key == null
                || key.equals(request.header("api-key"))
                || key.equals(request.header("x-api-key"))
                || ("Bearer " + key).equals(request.header("authorization"));
    }
}
