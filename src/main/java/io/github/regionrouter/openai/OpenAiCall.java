package io.github.regionrouter.openai;

import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is asked: the model, whether the answer is a stream, whether the call may safely be sent twice, which state it names,
 * and where the model's name stands, so that a region which calls its deployment otherwise gets it in its own words.
 *
 * @param method HTTP method, upper case
 * @param path which API and operation
 * @param model the name that the caller used; null if the call names none, as a list of files does
 * @param stream whether the body says {@code "stream": true}; the {@code accept} header says nothing, clients send JSON there
 * @param repeatable whether the call may go out again after it may have been carried out (design §5.1)
 * @param pins names of state that lives in one resource (R12)
 * @param cacheKey what the prompt's cache goes by, or null (R2)
 * @param target path and query as the caller sent them
 * @param place where the model's name stands
 * @param body the body as the caller sent it; shared, not to be changed
 */
public record OpenAiCall(
        String method,
        ApiPath path,
        @Nullable String model,
        boolean stream,
        boolean repeatable,
        Set<String> pins,
        @Nullable String cacheKey,
        RequestTarget target,
        Place place,
        byte[] body) {

    /** The header that Azure AI model inference may carry the model in. */
    public static final String MODEL_HEADER = "x-ms-model-mesh-model-name";

    /** In characters; families are remembered, so what the caller chooses of their names is bounded. */
    private static final int LONGEST_VERSION = 40;

    /** Where the name of the model stands in a call. */
    sealed interface Place {

        record InPath() implements Place {}

        record InJson(JsonBody json) implements Place {}

        record InForm(MultipartForm form) implements Place {}

        record InHeader() implements Place {}

        record Nowhere() implements Place {}
    }

    /**
     * Reads a call.
     *
     * @param method HTTP method, upper case
     * @param header looks up a request header by its lower-case name
     * @param body empty if there is none
     * @throws RefusedCall if the path, the method or the body is not that of a call the router serves
     */
    public static OpenAiCall read(
            String method, RequestTarget target, Function<String, @Nullable String> header, byte[] body) {
        ApiPath path = ApiPath.of(target.path());
        checkMethod(method, path, body);
        return new CallReader(method, path, target, header, body).read();
    }

    /** The path in the words of a region which calls the model's deployment {@code deployment}. */
    public String pathFor(String deployment) {
        return path.forRegion(deployment);
    }

    /** The body in the words of a region which calls the model's deployment {@code deployment}; copied only if it differs. */
    public byte[] bodyFor(String deployment) {
        if (place instanceof Place.InJson in && !deployment.equals(in.json().model())) {
            return in.json().withModel(body, deployment);
        }
        return place instanceof Place.InForm in && !deployment.equals(in.form().model())
                ? in.form().withModel(body, deployment)
                : body;
    }

    /** Whether the model stands in {@link #MODEL_HEADER}, which then has to be in the region's words. */
    public boolean modelInHeader() {
        return place instanceof Place.InHeader;
    }

    /** How a stream of this call speaks. */
    public StreamFamily family() {
        return path.family();
    }

    /** Whether the answer may name state that a later call comes back to (R12). */
    public boolean makesState() {
        return !path.isStateless() && !path.isModels();
    }

    /** Whether the call asks for the list of models, or for one of them, which the routing table answers. */
    public boolean asksForModels() {
        return path.isModels() && path.api() != ApiPath.Api.INFERENCE;
    }

    /** The one model that a call for the list of models asks for, or null if it asks for all. */
    public @Nullable String modelInPath() {
        return path.operation().equals("/models")
                ? null
                : RequestTarget.decoded(path.operation().substring("/models/".length()));
    }

    /** What a region may not know of the path (R8): its family and the API version. */
    public String pathFamily() {
        String operation = path.operation();
        int end = operation.indexOf('/', 1);
        String family = path.isStateless() || end < 0 ? operation : operation.substring(0, end);
        String version = target.parameter("api-version");
        if (version.length() > LONGEST_VERSION) {
            version = Fingerprint.of(version);
        }
        return path.api().prefix + family + "?" + version;
    }

    private static void checkMethod(String method, ApiPath path, byte[] body) {
        if (path.isModels()) {
            require(method.equals("GET"), method, "GET");
            return;
        }
        if (path.isInference()) {
            require(method.equals("POST"), method, "POST");
        } else {
            require(
                    Set.of("GET", "POST", "DELETE", "PUT", "PATCH").contains(method),
                    method,
                    "GET, POST, DELETE, PUT, PATCH");
        }
        if (Set.of("POST", "PUT", "PATCH").contains(method) && body.length == 0 && path.wantsBody()) {
            throw new RefusedCall(OpenAiError.bodyMissing());
        }
    }

    private static void require(boolean allowed, String method, String methods) {
        if (!allowed) {
            throw new RefusedCall(OpenAiError.methodNotAllowed(method, methods));
        }
    }
}
