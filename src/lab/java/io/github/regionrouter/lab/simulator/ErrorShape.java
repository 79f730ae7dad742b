package io.github.regionrouter.lab.simulator;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How errors are put in the three families of paths. Errors are made in Azure OpenAI's shape and changed on their way out. */
enum ErrorShape {
    /** {@code /openai/…}. */
    OPENAI {
        @Override
        Answer error(Answer.Whole answer, JsonObject error) {
            return answer;
        }
    },
    /** {@code /models/…}, Azure AI Model Inference: codes of its own, {@code details} and {@code x-ms-error-code}. */
    INFERENCE {
        @Override
        Answer error(Answer.Whole answer, JsonObject error) {
            String code = inferenceCode(answer.status(), error);
            String message = message(error);
            return Answer.json(
                            answer.status(),
                            Json.map("error", Json.map("code", code, "message", message, "details", message)))
                    .withHeaders(answer.headers())
                    .withHeaders(Map.of("x-ms-error-code", code));
        }
    },
    /** {@code /anthropic/…}. */
    ANTHROPIC {
        @Override
        Answer error(Answer.Whole answer, JsonObject error) {
            Map<String, @Nullable Object> inner =
                    Json.map("type", anthropicType(answer.status()), "message", message(error));
            return Answer.json(answer.status(), Json.map("type", "error", "error", inner, "request_id", Ids.of("req_")))
                    .withHeaders(answer.headers());
        }
    };

    static ErrorShape of(String path) {
        return path.startsWith("/anthropic/") ? ANTHROPIC : path.startsWith("/models/") ? INFERENCE : OPENAI;
    }

    /** The answer itself unless it is an error. */
    Answer shaped(Answer answer) {
        return answer instanceof Answer.Whole whole && whole.status() >= 400 ? error(whole, error(whole)) : answer;
    }

    abstract Answer error(Answer.Whole answer, JsonObject error);

    private static JsonObject error(Answer.Whole answer) {
        try {
            return JsonObject.read(answer.bytes()).object("error");
        } catch (IOException e) {
            return JsonObject.EMPTY;
        }
    }

    private static String message(JsonObject error) {
        return error.text("message").orElse("");
    }

    private static String inferenceCode(int status, JsonObject error) {
        String code = error.text("code").orElse("");
        if (status == 400 && error.text("param").orElse("").equals("model")) {
            return "no_model_name";
        }
        return code.equals("DeploymentNotFound") ? "unknown_model" : code.isEmpty() ? "invalid_request_error" : code;
    }

    private static String anthropicType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 529 -> "overloaded_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }
}
