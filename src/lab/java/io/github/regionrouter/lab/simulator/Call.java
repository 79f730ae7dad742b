package io.github.regionrouter.lab.simulator;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request as an operation sees it. Used by one thread. */
final class Call {

    /** Where {@code /models/…} looks too. */
    private static final String MODEL_HEADER = "x-ms-model-mesh-model-name";

    private final RegionConfig config;
    private final ReceivedRequest request;
    private final Map<String, String> variables;
    private @Nullable JsonObject json;
    private @Nullable MultipartForm form;
    private Demand demand = Demand.NONE;
    private long cachedTokens;

    Call(RegionConfig config, ReceivedRequest request, Map<String, String> variables) {
        this.config = config;
        this.request = request;
        this.variables = variables;
    }

    /** The name of the answering region. */
    String region() {
        return config.name();
    }

    /** What the answering region is. */
    RegionConfig config() {
        return config;
    }

    /** What the call asks for, once it was admitted. */
    Demand demand() {
        return demand;
    }

    /** How many tokens of the prompt the deployment remembered. */
    long cachedTokens() {
        return cachedTokens;
    }

    void admitted(Demand asked, long cached) {
        demand = asked;
        cachedTokens = cached;
    }

    ReceivedRequest request() {
        return request;
    }

    /** A variable of the path template, decoded. */
    @Nullable
    String variable(String name) {
        return variables.get(name);
    }

    /** A parameter of the query, decoded. */
    @Nullable
    String query(String name) {
        List<String> values = new QueryStringDecoder(request.uri()).parameters().get(name);
        return values == null ? null : values.get(0);
    }

    /** The version that messages name. */
    String apiVersion() {
        String version = query("api-version");
        return version == null ? "v1" : version;
    }

    /** The deployment, from the path or from the field {@code model} of the body. */
    String deployment() {
        String inPath = variable("deployment");
        if (inPath != null) {
            return inPath;
        }
        String model = isForm() ? form().text("model") : json().text("model").orElse("");
        String inHeader = request.header(MODEL_HEADER);
        if (model.isEmpty() && inHeader != null && ErrorShape.of(request.path()) == ErrorShape.INFERENCE) {
            return inHeader;
        }
        if (model.isEmpty()) {
            throw Refusal.badRequest("you must provide a model parameter", "model");
        }
        return model;
    }

    boolean isForm() {
        String type = request.header("content-type");
        return type != null && type.startsWith("multipart/form-data");
    }

    /** The body as a JSON object. */
    JsonObject json() {
        if (json == null) {
            try {
                json = JsonObject.read(request.content());
            } catch (IOException e) {
                throw Refusal.badRequest("We could not parse the JSON body of your request: " + e.getMessage(), "body");
            }
        }
        return json;
    }

    /** The body as a multipart form. */
    MultipartForm form() {
        if (form == null) {
            String type = request.header("content-type");
            form = MultipartForm.read(type == null ? "" : type, request.content());
        }
        return form;
    }
}
