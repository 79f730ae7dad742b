package io.github.regionrouter.lab.simulator;

import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Error bodies in the shapes of Azure OpenAI, after its documentation and after answers quoted in public issues: {@code
 * error.code} is a string, and most bodies have neither {@code type} nor {@code param}.
 */
final class AzureError {

    static final String BUSY =
            "That model is currently overloaded with other requests. You can retry your request, or contact us through"
                    + " an Azure support request if the error persists.";

    /** Seen with 500 and 503, and as an event inside a 200. */
    static final String OVERLOADED = openAi(BUSY, "server_error", null, null);

    static final String RESOURCE_NOT_FOUND = azure("404", "Resource not found");

    static final String DEPLOYMENT_NOT_FOUND = azure(
            "DeploymentNotFound",
            "The API deployment for this resource does not exist. If you created the deployment within the last 5"
                    + " minutes, please wait a moment and try again.");

    private static final String WRONG_KEY = azure(
            "401",
            "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for"
                    + " an active subscription and use a correct regional API endpoint for your resource.");

    static final String SORRY =
            "The server had an error while processing your request. Sorry about that! You can retry your request, or"
                    + " contact us through an Azure support request if the error persists.";

    private static final String SERVER_ERROR = openAi(SORRY, "server_error", null, null);

    private AzureError() {}

    /** The body which Azure sends with a status; a plain one where none is known. */
    static String bodyOf(int status) {
        return switch (status) {
            case 400 -> contentFilter();
            case 401 -> WRONG_KEY;
            case 403 -> azure("403", "Access denied due to Virtual Network/Firewall rules.");
            case 404 -> RESOURCE_NOT_FOUND;
            case 408 -> azure("Timeout", "The operation was timeout.");
            case 429 -> tryAgain(2);
            case 500 -> SERVER_ERROR;
            case 503 ->
                azure("503", "The service is temporarily unable to process your request. Please try again later.");
            default -> azure(String.valueOf(status), "Simulated answer with status " + status + ".");
        };
    }

    /** 429 of the gateway before the service. */
    static String tryAgain(long seconds) {
        return azure("429", "Rate limit is exceeded. Try again in " + seconds + " seconds.");
    }

    /** 429 of the gateway with these headers: the wait that they tell, none where it is no number, 2 s where there is none. */
    static String tryAgain(Map<String, String> headers) {
        OptionalLong seconds = Throttle.seconds(headers);
        return seconds.isEmpty() ? azure("429", "Rate limit is exceeded.") : tryAgain(seconds.getAsLong());
    }

    /** 429 of a quota. */
    static String quotaExceeded(String operation, String apiVersion, String limit, long seconds) {
        return azure(
                "429",
                "Requests to the " + operation + " Operation under Azure OpenAI API version " + apiVersion
                        + " have exceeded " + limit
                        + " rate limit of your current OpenAI S0 pricing tier. Please retry after "
                        + seconds
                        + " seconds. Please go here: https://aka.ms/oai/quotaincrease if you would like to further"
                        + " increase the default rate limit.");
    }

    /** A page as a gateway before the service sends it. */
    static String html(int status) {
        return "<html>\r\n<head><title>" + status + "</title></head>\r\n<body>\r\n<center><h1>" + status
                + "</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
    }

    static String azure(String code, String message) {
        return Json.text(Json.map("error", Json.map("code", code, "message", message)));
    }

    static String openAi(String message, String type, @Nullable String param, @Nullable String code) {
        return Json.text(Json.map("error", Json.map("message", message, "type", type, "param", param, "code", code)));
    }

    private static String contentFilter() {
        Map<String, @Nullable Object> inner =
                Json.map("code", "ResponsibleAIPolicyViolation", "content_filter_result", ContentFilter.of(true));
        return Json.text(Json.map(
                "error",
                Json.map(
                        "message",
                        "The response was filtered due to the prompt triggering Azure OpenAI's content management"
                                + " policy. Please modify your prompt and retry.",
                        "type",
                        null,
                        "param",
                        "prompt",
                        "code",
                        "content_filter",
                        "status",
                        400,
                        "innererror",
                        inner)));
    }
}
