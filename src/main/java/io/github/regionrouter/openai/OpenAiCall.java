package io.github.regionrouter.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is asked: the model, whether the answer is a stream, whether the call may safely be sent twice, and where the
 * model's name stands, so that a region which calls its deployment otherwise gets it in its own words.
 *
 * @param model the name that the caller used
 * @param stream whether the body says {@code "stream": true}; the {@code accept} header says nothing, clients send JSON there
 * @param repeatable whether the call may go out again after it may have been carried out (design §5.1)
 * @param target path and query as the caller sent them
 * @param place where the model's name stands
 * @param body the body as the caller sent it; shared, not to be changed
 */
public record OpenAiCall(
        String model, boolean stream, boolean repeatable, RequestTarget target, Place place, byte[] body) {

    /** Where the name of the model stands in a call. */
    sealed interface Place {}

    /** In the path: {@code /openai/deployments/{model}/…}. */
    private record InPath(String before, String after) implements Place {}

    /** In the JSON body, as {@code "model"}. */
    private record InBody(JsonBody json) implements Place {}

    private static final Pattern DEPLOYMENT = Pattern.compile("(/openai/deployments/)([^/]+)(/.+)");
    private static final Pattern V1 = Pattern.compile("/openai/v1(/.+)");

    /** Operations without a side effect but the bill: safe to send twice after an ambiguous failure (design §5.1). */
    private static final Set<String> INFERENCE = Set.of(
            "/chat/completions",
            "/completions",
            "/embeddings",
            "/extensions/chat/completions",
            "/images/generations",
            "/images/edits",
            "/images/variations",
            "/audio/speech",
            "/audio/transcriptions",
            "/audio/translations");

    /**
     * Reads a call.
     *
     * @param method HTTP method, upper case
     * @param body empty if there is none
     * @throws RefusedCall if the path, the method or the body is not that of a call the router serves
     */
    public static OpenAiCall read(String method, RequestTarget target, byte[] body) {
        Matcher deployment = DEPLOYMENT.matcher(target.path());
        if (deployment.matches()) {
            requireBody(method, body);
            return inPath(target, deployment, body);
        }
        Matcher v1 = V1.matcher(target.path());
        if (v1.matches()) {
            requireBody(method, body);
            return inBody(target, v1.group(1), body);
        }
        throw new RefusedCall(OpenAiError.pathNotFound(hint(target.path())));
    }

    /** The path in the words of a region which calls the model's deployment {@code deployment}. */
    public String pathFor(String deployment) {
        return place instanceof InPath path ? path.before + deployment + path.after : target.path();
    }

    /** The body in the words of a region which calls the model's deployment {@code deployment}; copied only if it differs. */
    public byte[] bodyFor(String deployment) {
        return place instanceof InBody in && !model.equals(deployment) ? in.json.withModel(body, deployment) : body;
    }

    private static OpenAiCall inPath(RequestTarget target, Matcher path, byte[] body) {
        JsonBody json;
        try {
            json = JsonBody.read(body);
        } catch (IOException notJson) {
            json = JsonBody.OPAQUE; // the model is known, so the region may judge the body (R9)
        }
        String operation = path.group(3);
        return new OpenAiCall(
                RequestTarget.decoded(path.group(2)),
                json.stream(),
                repeatable(operation, json),
                target,
                new InPath(path.group(1), operation),
                body);
    }

    private static OpenAiCall inBody(RequestTarget target, String operation, byte[] body) {
        JsonBody json;
        try {
            json = JsonBody.read(body);
        } catch (IOException malformed) {
            throw new RefusedCall(OpenAiError.invalidJson(where(malformed)));
        }
        String model = json.model();
        if (json.models() > 1) {
            throw new RefusedCall(OpenAiError.modelMissing("named " + json.models() + " times"));
        }
        if (model == null || model.isEmpty()) {
            throw new RefusedCall(OpenAiError.modelMissing(json.models() == 0 ? "missing" : "not a name"));
        }
        return new OpenAiCall(model, json.stream(), repeatable(operation, json), target, new InBody(json), body);
    }

    /** Where JSON is broken, without a word of it. */
    private static String where(IOException malformed) {
        if (malformed instanceof StreamConstraintsException) {
            return "it is nested too deeply or has a number that is too long";
        }
        return malformed instanceof JsonProcessingException broken && broken.getLocation() != null
                ? "at line " + broken.getLocation().getLineNr() + ", column "
                        + broken.getLocation().getColumnNr()
                : String.valueOf(malformed.getMessage());
    }

    /** Safe to send twice: inference, and a response that is not stored and in which the service runs no tools. */
    private static boolean repeatable(String operation, JsonBody json) {
        if (INFERENCE.contains(operation)) {
            return true;
        }
        return operation.equals("/responses")
                && Boolean.FALSE.equals(json.store())
                && !json.background()
                && !json.serviceTools();
    }

    private static void requireBody(String method, byte[] body) {
        if (!method.equals("POST")) {
            throw new RefusedCall(OpenAiError.methodNotAllowed(method, "POST"));
        }
        if (body.length == 0) {
            throw new RefusedCall(OpenAiError.bodyMissing());
        }
    }

    private static String hint(String path) {
        return INFERENCE.contains(path)
                ? "path: " + path + " has no prefix (expected: a base URL that ends in /openai/v1, or for openai-java"
                        + " azureUrlPathMode LEGACY)"
                : "The router serves POST /openai/deployments/{model}/… and POST /openai/v1/….";
    }
}
