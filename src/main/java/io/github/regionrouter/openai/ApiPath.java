package io.github.regionrouter.openai;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a path says (design §6): which of the APIs on an Azure OpenAI resource it belongs to, which operation it names, and the
 * deployment if that stands in it.
 *
 * @param api the API
 * @param deployment the model in plain text; null if the path names none
 * @param operation what follows the API's prefix, and the deployment if there is one: {@code /chat/completions}
 */
record ApiPath(Api api, @Nullable String deployment, String operation) {

    /** The APIs on one resource, with the prefix that a region knows them by. */
    enum Api {
        /** {@code /openai/deployments/{model}/…?api-version=} */
        DEPLOYMENT("/openai/deployments/"),
        /** {@code /openai/responses?api-version=} and the other families with state */
        DATED("/openai"),
        /** {@code /openai/v1/…} */
        V1("/openai/v1"),
        /** {@code /models/…}: Azure AI model inference */
        INFERENCE("/models"),
        /** {@code /anthropic/v1/messages} */
        ANTHROPIC("/anthropic");

        final String prefix;

        Api(String prefix) {
            this.prefix = prefix;
        }
    }

    private static final Pattern DEPLOYMENT = Pattern.compile("/openai/deployments/([^/]+)(/.+)");

    /** Operations without a side effect but the bill: safe to send twice after an ambiguous failure (design §5.1). */
    private static final Set<String> STATELESS = Set.of(
            "/chat/completions",
            "/completions",
            "/embeddings",
            "/extensions/chat/completions",
            "/images/embeddings",
            "/images/generations",
            "/images/edits",
            "/images/variations",
            "/audio/speech",
            "/audio/transcriptions",
            "/audio/translations",
            "/v1/messages",
            "/v1/messages/count_tokens");

    /** First segments of the families that keep state, or that belong to a resource as a whole. */
    private static final Set<String> STATEFUL = Set.of(
            "assistants",
            "batches",
            "containers",
            "conversations",
            "evals",
            "files",
            "fine_tuning",
            "operations",
            "realtime",
            "realtimeapi",
            "responses",
            "threads",
            "uploads",
            "vector_stores",
            "video",
            "videos");

    /** Creations that may come without a body; so may everything that ends in a verb such as {@code /cancel}. */
    private static final Set<String> BODILESS = Set.of("/conversations", "/threads", "/vector_stores");

    /** What the Anthropic API has beside messages: batches and files keep state. */
    private static final Pattern ANTHROPIC_FAMILIES = Pattern.compile("/v1/(?:messages/batches|files|models)(?:/.*)?");

    private static final Pattern VERB = Pattern.compile(".*/(?:cancel|pause|resume|complete)");

    /** @throws RefusedCall if the path belongs to none of the APIs; the hint says how to set the client */
    static ApiPath of(String path) {
        Matcher deployment = DEPLOYMENT.matcher(path);
        if (deployment.matches()) {
            return ofDeployment(RequestTarget.decoded(deployment.group(1)), deployment.group(2));
        }
        if (path.startsWith("/openai/v1/")) {
            return known(new ApiPath(Api.V1, null, path.substring("/openai/v1".length())), path);
        }
        if (path.startsWith("/openai/")) {
            return known(new ApiPath(Api.DATED, null, path.substring("/openai".length())), path);
        }
        if (path.startsWith("/models/")) {
            return known(new ApiPath(Api.INFERENCE, null, path.substring("/models".length())), path);
        }
        if (path.startsWith("/anthropic/v1/")) {
            return known(new ApiPath(Api.ANTHROPIC, null, path.substring("/anthropic".length())), path);
        }
        throw notFound(path);
    }

    /** Some clients put a deployment before families that have none: it names the model, and the path goes on without it. */
    private static ApiPath ofDeployment(String model, String operation) {
        return isStateful(operation)
                ? new ApiPath(Api.DATED, model, operation)
                : new ApiPath(Api.DEPLOYMENT, model, operation);
    }

    private static ApiPath known(ApiPath path, String whole) {
        boolean known = switch (path.api) {
            case DEPLOYMENT -> true; // an operation of a deployment is the region's to judge
            case DATED -> isStateful(path.operation) || path.isModels();
            case V1 -> isStateful(path.operation) || path.isModels() || path.isStateless();
            case INFERENCE -> path.isStateless() || path.operation.equals("/info");
            case ANTHROPIC ->
                path.isStateless() || ANTHROPIC_FAMILIES.matcher(path.operation).matches();
        };
        if (!known) {
            throw notFound(whole);
        }
        return path;
    }

    private static RefusedCall notFound(String path) {
        return new RefusedCall(OpenAiError.pathNotFound(
                STATELESS.contains(path) || path.startsWith("/responses")
                        ? "path: " + OpenAiError.shown(path)
                                + " has no prefix (expected: a base URL that ends in /openai/v1, or for openai-java"
                                + " azureUrlPathMode LEGACY)"
                        : "The router serves /openai/deployments/{model}/…, /openai/v1/…, /openai/responses and the other"
                                + " families of Azure OpenAI, /models/… and /anthropic/v1/…."));
    }

    private static boolean isStateful(String operation) {
        int end = operation.indexOf('/', 1);
        return STATEFUL.contains(operation.substring(1, end < 0 ? operation.length() : end));
    }

    /** The path for a region which calls the deployment {@code name}. */
    String forRegion(String name) {
        return api.prefix + (api == Api.DEPLOYMENT ? name : "") + operation;
    }

    /** Whether the operation has no side effect but the bill. */
    boolean isStateless() {
        return STATELESS.contains(operation);
    }

    /** Whether every call of the operation is a POST with a body: unknown operations of a deployment are the region's to judge. */
    boolean isInference() {
        return isStateless() || api == Api.DEPLOYMENT || operation.equals("/responses");
    }

    /** The list of models, or one of them. */
    boolean isModels() {
        return operation.equals("/models") || operation.startsWith("/models/");
    }

    /** Whether segments of the operation may be ids of state. */
    boolean mayNameState() {
        return api != Api.DEPLOYMENT && !isStateless() && !isModels();
    }

    /** A new response, or the same question to a stored conversation. */
    boolean isResponses() {
        return operation.equals("/responses") || operation.equals("/responses/compact");
    }

    /** Whether {@code model} in the body is the deployment that answers; in a fine-tuning job or an evaluation it is not. */
    boolean choosesModel() {
        return isInference()
                || operation.equals("/assistants")
                || operation.startsWith("/threads/")
                || operation.startsWith("/realtime")
                || operation.startsWith("/video");
    }

    /** Whether a POST here makes no sense without a body. */
    boolean wantsBody() {
        return !BODILESS.contains(operation) && !VERB.matcher(operation).matches();
    }

    /** How its streams speak. */
    StreamFamily family() {
        if (api == Api.ANTHROPIC) {
            return StreamFamily.ANTHROPIC;
        }
        if (operation.startsWith("/responses")) {
            return StreamFamily.RESPONSES;
        }
        return operation.toLowerCase(Locale.ROOT).endsWith("completions") ? StreamFamily.CHAT : StreamFamily.OTHER;
    }
}
