package io.github.regionrouter.host;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import io.github.regionrouter.RouterRequest;
import io.github.regionrouter.RouterResponse;
import io.github.regionrouter.openai.OpenAiError;
import io.github.regionrouter.openai.RefusedCall;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One invocation of the Java worker: its request into the engine's, the engine's answer into its own, whole bodies both ways.
 * Nothing escapes, since the host would make a bare 500 of it.
 */
final class WorkerCall {

    /** What the worker puts in the place of bytes that are not UTF-8. */
    private static final char LOST = '\ufffd';

    private static final Pattern BINARY = Pattern.compile(
            "\\s*(?:multipart/|audio/|image/|video/|application/octet-stream)", Pattern.CASE_INSENSITIVE);

    private WorkerCall() {}

    /** For the function that takes text: bytes that are none were lost on their way here, and the body is refused. */
    static HttpResponseMessage answerText(HttpRequestMessage<Optional<String>> request, ExecutionContext context) {
        String type = request.getHeaders().getOrDefault("content-type", "");
        Optional<String> body = request.getBody();
        boolean lost = body != null
                && body.isPresent()
                && BINARY.matcher(type).lookingAt()
                && body.get().indexOf(LOST) >= 0;
        return lost
                ? toWorker(request, WholeResponse.of(FrontDoor.refusal(OpenAiError.formNotSupported(type))))
                : toWorker(request, answerOf(request, context, text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    /** For the functions that take bytes. */
    static HttpResponseMessage answerForm(HttpRequestMessage<Optional<byte[]>> request, ExecutionContext context) {
        return toWorker(request, answerOf(request, context, bytes -> bytes));
    }

    /** The lines of attempts are written by this thread, when all of them are there: the logger is the invocation's. */
    private static <T> WholeResponse answerOf(
            HttpRequestMessage<Optional<T>> request, ExecutionContext context, Function<T, byte[]> toBytes) {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        try {
            return WorkerEngine.answer(toRouter(request, toBytes, lines::add));
        } catch (RefusedCall refused) {
            return WholeResponse.of(FrontDoor.refusal(refused.error()));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError fault) {
            return WorkerEngine.failed(fault);
        } finally {
            lines.forEach(context.getLogger()::info);
        }
    }

    private static <T> RouterRequest toRouter(
            HttpRequestMessage<Optional<T>> request, Function<T, byte[]> toBytes, Consumer<String> lines) {
        URI uri = uriOf(request);
        if (uri.getRawFragment() != null) {
            throw new RefusedCall(OpenAiError.invalidPath("has a character that must be percent-encoded"));
        }
        Optional<T> body = request.getBody() == null ? Optional.empty() : request.getBody();
        Map<String, List<String>> headers = new HashMap<>();
        request.getHeaders().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        return new RouterRequest(
                request.getHttpMethod().name(),
                uri.getRawPath() == null ? "/" : uri.getRawPath(),
                uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                headers,
                body.map(toBytes).orElse(new byte[0]),
                true,
                lines);
    }

    /** The worker makes the URI when asked, and throws for queries that are legal on the wire but not in a {@link URI}. */
    private static URI uriOf(HttpRequestMessage<?> request) {
        try {
            return request.getUri();
        } catch (IllegalArgumentException notAUri) {
            throw new RefusedCall(OpenAiError.invalidPath("or query has a character that must be percent-encoded"));
        }
    }

    /** Each header once, as one line, the body as bytes: nothing else passes the worker unharmed. */
    private static HttpResponseMessage toWorker(HttpRequestMessage<?> request, WholeResponse answer) {
        HttpResponseMessage.Builder builder = request.createResponseBuilder(HttpStatusType.custom(answer.status()));
        answer.headers().forEach((name, values) -> builder.header(name, String.join(", ", values)));
        if (!answer.hasHeader("content-type")) {
            builder.header("content-type", "application/octet-stream");
        }
        return builder.body(answer.body()).build();
    }

    /** An answer with its whole body. */
    record WholeResponse(int status, Map<String, List<String>> headers, byte[] body) {

        /** An answer of the router's own, whose body is in memory. */
        static WholeResponse of(RouterResponse own) {
            return WholeBody.of(own).blockOptional().orElseThrow();
        }

        boolean hasHeader(String lowerCaseName) {
            return headers.keySet().stream().anyMatch(lowerCaseName::equalsIgnoreCase);
        }
    }
}
