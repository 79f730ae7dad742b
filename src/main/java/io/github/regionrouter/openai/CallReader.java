package io.github.regionrouter.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.github.regionrouter.openai.OpenAiCall.Place;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one call: finds the model, wherever it stands, and what else its way depends on. */
record CallReader(
        String method, ApiPath path, RequestTarget target, Function<String, @Nullable String> header, byte[] body) {

    /** A prompt below this many bytes, about 1,024 tokens, is never cached (R2). */
    private static final int CACHED_PROMPT = 4 * 1024;

    OpenAiCall read() {
        String type = String.valueOf(header.apply("content-type")).toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/form-data")) {
            return form();
        }
        return body.length == 0 ? call(path.deployment(), JsonBody.OPAQUE, new Place.Nowhere()) : json();
    }

    private OpenAiCall form() {
        if (path.deployment() != null) {
            return call(path.deployment(), JsonBody.OPAQUE, new Place.InPath());
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
        if (path.isInference() && (model == null || model.isEmpty())) {
            throw new RefusedCall(OpenAiError.modelMissing(model == null ? "missing" : "not a name"));
        }
        return call(model, JsonBody.OPAQUE, model == null ? new Place.Nowhere() : new Place.InForm(form));
    }

    private OpenAiCall json() {
        JsonBody json;
        try {
            json = JsonBody.read(body);
        } catch (IOException malformed) {
            return opaque(malformed);
        }
        if (path.api() == ApiPath.Api.DEPLOYMENT) {
            return call(path.deployment(), json, new Place.InPath());
        }
        if (json.models() > 1) {
            throw new RefusedCall(OpenAiError.modelMissing("named " + json.models() + " times"));
        }
        String inHeader = path.api() == ApiPath.Api.INFERENCE ? header.apply(OpenAiCall.MODEL_HEADER) : null;
        if (json.models() == 0 && inHeader != null) {
            return call(inHeader, json, new Place.InHeader());
        }
        String model = json.model();
        boolean named = model != null && !model.isEmpty();
        if (path.deployment() != null) {
            return call(path.deployment(), json, named ? new Place.InJson(json) : new Place.Nowhere());
        }
        if (!named && path.isInference() && json.pins().isEmpty()) {
            throw new RefusedCall(OpenAiError.modelMissing(json.models() == 0 ? "missing" : "not a name"));
        }
        return named && path.choosesModel()
                ? call(model, json, new Place.InJson(json))
                : call(null, json, new Place.Nowhere());
    }

    /**
     * Where the model is known without it, the region may judge a body that cannot be read (R9); but not where it could name
     * another caller's state.
     */
    private OpenAiCall opaque(IOException malformed) {
        if (path.api() == ApiPath.Api.DEPLOYMENT) {
            return call(path.deployment(), JsonBody.OPAQUE, new Place.InPath());
        }
        throw new RefusedCall(OpenAiError.invalidJson(where(malformed)));
    }

    /** Where JSON is broken, without a word of it. */
    private static String where(IOException malformed) {
        if (malformed instanceof StreamConstraintsException) {
            return "it is nested too deeply, or has a name or a number that is too long";
        }
        return malformed instanceof JsonProcessingException broken && broken.getLocation() != null
                ? "at line " + broken.getLocation().getLineNr() + ", column "
                        + broken.getLocation().getColumnNr()
                : String.valueOf(malformed.getMessage());
    }

    private OpenAiCall call(@Nullable String model, JsonBody json, Place place) {
        Set<String> pins = new LinkedHashSet<>();
        if (path.mayNameState()) {
            pins.addAll(StateIds.inPath(path.operation()));
        }
        pins.addAll(json.pins());
        return new OpenAiCall(
                method, path, model, json.stream(), repeatable(json), pins, cacheKey(model, json), target, place, body);
    }

    /** Safe to send twice: reading, inference, and a response that is not stored and in which the service runs no tools. */
    private boolean repeatable(JsonBody json) {
        if (method.equals("GET") || path.isStateless()) {
            return true;
        }
        return path.isResponses() && Boolean.FALSE.equals(json.store()) && !json.background() && !json.serviceTools();
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
