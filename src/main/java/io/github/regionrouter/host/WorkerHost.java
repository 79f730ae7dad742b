package io.github.regionrouter.host;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.Optional;

/**
 * The HTTP-triggered functions of the Java worker. {@link #route} takes every path; the others take the multipart routes, since
 * the worker gives text as String and only multipart as bytes, and each function has one kind and one route.
 *
 * <p>The methods are listed one by one because a trigger that lists none answers 404 to everything; the catch-all's path is not
 * bound because binding fails when it is empty; keys are checked by the router, because no client of Azure OpenAI sends a
 * Functions key. The worker makes an instance per call, so all state is in statics behind {@link WorkerCall}.
 */
public final class WorkerHost {

    /** Every path and method but multipart uploads, whose bytes would not survive being text. */
    @FunctionName("route")
    public HttpResponseMessage route(
            @HttpTrigger(
                            name = "request",
                            route = "{*path}",
                            methods = {
                                HttpMethod.GET,
                                HttpMethod.POST,
                                HttpMethod.PUT,
                                HttpMethod.PATCH,
                                HttpMethod.DELETE,
                                HttpMethod.HEAD,
                                HttpMethod.OPTIONS
                            },
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return WorkerCall.answerText(request, context);
    }

    /** Audio to text, model in the path. */
    @FunctionName("deployment-transcriptions")
    public HttpResponseMessage deploymentTranscriptions(
            @HttpTrigger(
                            name = "request",
                            route = "openai/deployments/{deployment}/audio/transcriptions",
                            methods = HttpMethod.POST,
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<byte[]>> request,
            ExecutionContext context) {
        return WorkerCall.answerForm(request, context);
    }

    /** Audio to English text, model in the path. */
    @FunctionName("deployment-translations")
    public HttpResponseMessage deploymentTranslations(
            @HttpTrigger(
                            name = "request",
                            route = "openai/deployments/{deployment}/audio/translations",
                            methods = HttpMethod.POST,
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<byte[]>> request,
            ExecutionContext context) {
        return WorkerCall.answerForm(request, context);
    }

    /** Image edits, model in the path. */
    @FunctionName("deployment-image-edits")
    public HttpResponseMessage deploymentImageEdits(
            @HttpTrigger(
                            name = "request",
                            route = "openai/deployments/{deployment}/images/edits",
                            methods = HttpMethod.POST,
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<byte[]>> request,
            ExecutionContext context) {
        return WorkerCall.answerForm(request, context);
    }

    /** Audio to text, model in the form. */
    @FunctionName("v1-transcriptions")
    public HttpResponseMessage v1Transcriptions(
            @HttpTrigger(
                            name = "request",
                            route = "openai/v1/audio/transcriptions",
                            methods = HttpMethod.POST,
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<byte[]>> request,
            ExecutionContext context) {
        return WorkerCall.answerForm(request, context);
    }

    /** Audio to English text, model in the form. */
    @FunctionName("v1-translations")
    public HttpResponseMessage v1Translations(
            @HttpTrigger(
                            name = "request",
                            route = "openai/v1/audio/translations",
                            methods = HttpMethod.POST,
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<byte[]>> request,
            ExecutionContext context) {
        return WorkerCall.answerForm(request, context);
    }

    /** Image edits, model in the form. */
    @FunctionName("v1-image-edits")
    public HttpResponseMessage v1ImageEdits(
            @HttpTrigger(
                            name = "request",
                            route = "openai/v1/images/edits",
                            methods = HttpMethod.POST,
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<byte[]>> request,
            ExecutionContext context) {
        return WorkerCall.answerForm(request, context);
    }

    /** File uploads of the dated API. */
    @FunctionName("files")
    public HttpResponseMessage files(
            @HttpTrigger(
                            name = "request",
                            route = "openai/files",
                            methods = HttpMethod.POST,
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<byte[]>> request,
            ExecutionContext context) {
        return WorkerCall.answerForm(request, context);
    }

    /** File uploads of the v1 API. */
    @FunctionName("v1-files")
    public HttpResponseMessage v1Files(
            @HttpTrigger(
                            name = "request",
                            route = "openai/v1/files",
                            methods = HttpMethod.POST,
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<byte[]>> request,
            ExecutionContext context) {
        return WorkerCall.answerForm(request, context);
    }

    /** A part of an upload, dated API. */
    @FunctionName("upload-parts")
    public HttpResponseMessage uploadParts(
            @HttpTrigger(
                            name = "request",
                            route = "openai/uploads/{upload}/parts",
                            methods = HttpMethod.POST,
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<byte[]>> request,
            ExecutionContext context) {
        return WorkerCall.answerForm(request, context);
    }

    /** A part of an upload, v1 API. */
    @FunctionName("v1-upload-parts")
    public HttpResponseMessage v1UploadParts(
            @HttpTrigger(
                            name = "request",
                            route = "openai/v1/uploads/{upload}/parts",
                            methods = HttpMethod.POST,
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<byte[]>> request,
            ExecutionContext context) {
        return WorkerCall.answerForm(request, context);
    }
}
