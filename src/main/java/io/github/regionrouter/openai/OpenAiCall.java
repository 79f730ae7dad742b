package io.github.regionrouter.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Locale;
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

    /** A prompt below this many bytes, about 1,024 tokens, is never cached (R2). */
    private static final int CACHED_PROMPT = 4 * 1024;

    /** Where the name of the model stands in a call. */
    sealed interface Place {}

    private record InPath() implements Place {}

    private record InJson(JsonBody json) implements Place {}

    private record InForm(MultipartForm form) implements Place {}

    private record InHeader() implements Place {}

    private record Nowhere() implements Place {}

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
        if (place instanceof InJson in && !deployment.equals(in.json.model())) {
            return in.json.withModel(body, deployment);
        }
        return place instanceof InForm in && !deployment.equals(in.form.model())
                ? in.form.withModel(body, deployment)
                : body;
    }

    /** Whether the model stands in {@link #MODEL_HEADER}, which then has to be in the region's words. */
    public boolean modelInHeader() {
        return place instanceof InHeader;
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

    /** Reads one call: finds the model, wherever it stands. */
    private record CallReader(
            String method, ApiPath path, RequestTarget target, Function<String, @Nullable String> header, byte[] body) {

        OpenAiCall read() {
            String type = String.valueOf(header.apply("content-type")).toLowerCase(Locale.ROOT);
            if (type.startsWith("multipart/form-data")) {
                return form();
            }
            return body.length == 0 ? call(path.deployment(), JsonBody.OPAQUE, new Nowhere()) : json();
        }

        private OpenAiCall form() {
            if (path.deployment() != null) {
                return call(path.deployment(), JsonBody.OPAQUE, new InPath());
            }
            MultipartForm form;
            try {
                form = MultipartForm.read(header.apply("content-type"), body);
            } catch (IOException malformed) {
                throw new RefusedCall(OpenAiError.invalidForm(String.valueOf(malformed.getMessage())));
            }
            if (form.models() > 1) {
                throw new RefusedCall(OpenAiError.modelMissing("named " + form.models() + " times"));
            }
            String model = form.model();
            if (model == null && path.isInference()) {
                throw new RefusedCall(OpenAiError.modelMissing("missing"));
            }
            return call(model, JsonBody.OPAQUE, model == null ? new Nowhere() : new InForm(form));
        }

        private OpenAiCall json() {
            JsonBody json;
            try {
                json = JsonBody.read(body);
            } catch (IOException malformed) {
                return opaque(malformed);
            }
            if (path.api() == ApiPath.Api.DEPLOYMENT) {
                return call(path.deployment(), json, new InPath());
            }
            if (json.models() > 1) {
                throw new RefusedCall(OpenAiError.modelMissing("named " + json.models() + " times"));
            }
            String inHeader = path.api() == ApiPath.Api.INFERENCE ? header.apply(MODEL_HEADER) : null;
            if (json.models() == 0 && inHeader != null) {
                return call(inHeader, json, new InHeader());
            }
            String model = json.model();
            boolean named = model != null && !model.isEmpty();
            if (path.deployment() != null) {
                return call(path.deployment(), json, named ? new InJson(json) : new Nowhere());
            }
            if (!named && path.isInference() && json.pins().isEmpty()) {
                throw new RefusedCall(OpenAiError.modelMissing(json.models() == 0 ? "missing" : "not a name"));
            }
            return named && path.choosesModel() ? call(model, json, new InJson(json)) : call(null, json, new Nowhere());
        }

        /** Where the model is known without it, the region may judge a body that is not JSON (R9). */
        private OpenAiCall opaque(IOException malformed) {
            if (path.deployment() != null) {
                return call(path.deployment(), JsonBody.OPAQUE, new InPath());
            }
            if (!path.isInference()) {
                return call(null, JsonBody.OPAQUE, new Nowhere());
            }
            throw new RefusedCall(OpenAiError.invalidJson(where(malformed)));
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

        private OpenAiCall call(@Nullable String model, JsonBody json, Place place) {
            Set<String> pins = new LinkedHashSet<>();
            if (!path.isStateless()) {
                pins.addAll(StateIds.inPath(path.operation()));
            }
            pins.addAll(json.pins());
            return new OpenAiCall(
                    method,
                    path,
                    model,
                    json.stream(),
                    repeatable(json),
                    pins,
                    cacheKey(model, json),
                    target,
                    place,
                    body);
        }

        /** Safe to send twice: reading, inference, and a response that is not stored and in which the service runs no tools. */
        private boolean repeatable(JsonBody json) {
            if (method.equals("GET") || path.isStateless()) {
                return true;
            }
            return path.isResponses()
                    && Boolean.FALSE.equals(json.store())
                    && !json.background()
                    && !json.serviceTools();
        }

        private @Nullable String cacheKey(@Nullable String model, JsonBody json) {
            if (model == null || !path.isInference()) {
                return null;
            }
            if (json.cacheHint() != null) {
                return model + "\n" + json.cacheHint();
            }
            int start = json.promptStart();
            return start < 0 || body.length - start < CACHED_PROMPT
                    ? null
                    : model + "\n" + Fingerprint.of(body, start, CACHED_PROMPT);
        }
    }
}
