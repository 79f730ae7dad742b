package io.github.regionrouter.testing;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Stands in for the Functions host and its Java worker: finds functions by their annotations, and treats requests and answers
 * as those two do, quirks included (each was seen with worker 2.17.0 or read in the host's source):
 *
 * <ul>
 *   <li>literal routes win over {@code {*path}}; a trigger that does not list the method is not there; nothing fits → 404;
 *   <li>header names in lower case, several values joined with a comma; the platform's own headers are added;
 *   <li>a body without {@code Content-Length}, that is a chunked one, arrives empty;
 *   <li>bodies are text in UTF-8 but for multipart and octet-stream, and only those reach a parameter of bytes;
 *   <li>the URI is made when it is asked for, by {@link URI#create}, which throws for some that are legal on the wire;
 *   <li>empty query parameters are dropped from the map;
 *   <li>each invocation has a new instance, and is not told when its caller hangs up;
 *   <li>headers of an answer have one value, names that differ in case alone are one, the first wins;
 *   <li>a body is bytes, a string or nothing; whatever else goes wrong is an empty 500.
 * </ul>
 */
public final class WorkerStandIn implements AutoCloseable {

    /** What App Service adds to a request. */
    private static final Map<String, String> OF_THE_PLATFORM = Map.ofEntries(
            Map.entry("x-forwarded-for", "203.0.113.7:4242"),
            Map.entry("x-forwarded-proto", "https"),
            Map.entry("x-forwarded-tlsversion", "1.3"),
            Map.entry("x-original-url", "/platform"),
            Map.entry("x-waws-unencoded-url", "/platform"),
            Map.entry("x-arr-log-id", "platform"),
            Map.entry("x-arr-ssl", "2048|256|platform"),
            Map.entry("x-site-deployment-id", "platform"),
            Map.entry("x-appservice-proto", "https"),
            Map.entry("was-default-hostname", "platform.azurewebsites.net"),
            Map.entry("disguised-host", "platform.azurewebsites.net"),
            Map.entry("client-ip", "203.0.113.7:4242"),
            Map.entry("max-forwards", "10"));

    private final List<Function> functions;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Consumer<String> lines;
    private final DisposableServer server;

    private WorkerStandIn(Class<?> functionClass, Consumer<String> lines) {
        this.lines = lines;
        functions = Arrays.stream(functionClass.getMethods())
                .filter(method -> method.isAnnotationPresent(FunctionName.class))
                .map(Function::new)
                .sorted(Comparator.comparingInt(Function::vagueness))
                .toList();
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .httpRequestDecoder(
                        limits -> limits.maxInitialLineLength(16 * 1024).maxHeaderSize(64 * 1024))
                .handle(this::handle)
                .bindNow();
    }

    /** Serves the functions of a class; its constructor must take nothing. */
    public static WorkerStandIn serve(Class<?> functionClass) {
        return serve(functionClass, line -> {});
    }

    /** @param lines what the functions log, message by message */
    public static WorkerStandIn serve(Class<?> functionClass, Consumer<String> lines) {
        return new WorkerStandIn(functionClass, lines);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** What escaped from functions, or could not be sent as they wanted; each was an empty 500 for the caller. */
    public List<Throwable> failures() {
        return failures;
    }

    @Override
    public void close() {
        server.disposeNow();
    }

    private Mono<Void> handle(HttpServerRequest request, HttpServerResponse response) {
        return request.receive()
                .aggregate()
                .asByteArray()
                .defaultIfEmpty(new byte[0])
                .flatMap(body -> onAThread(() -> answer(request, body)))
                .flatMap(answer -> write(request, answer, response));
    }

    /** One thread for each call, as many as there are; the worker's pool has no bound either. */
    private static Mono<Answer> onAThread(Supplier<Answer> call) {
        return Mono.create(answer -> {
            Thread thread = new Thread(() -> answer.success(call.get()), "worker");
            thread.setDaemon(true);
            thread.start();
        });
    }

    private Answer answer(HttpServerRequest request, byte[] body) {
        String uri = request.uri();
        String path = uri.contains("?") ? uri.substring(0, uri.indexOf('?')) : uri;
        Optional<Function> function = functions.stream()
                .filter(each -> each.matches(request.method().name(), path))
                .findFirst();
        if (function.isEmpty()) {
            return new Answer(404, Map.of(), new byte[0]);
        }
        try {
            return Answer.of(function.get().invoke(new Message(request, body), new Invocation(lines)));
        } catch (InvocationTargetException thrown) {
            failures.add(thrown.getCause());
        } catch (ReflectiveOperationException | RuntimeException | LinkageError failed) {
            failures.add(failed);
        }
        return new Answer(500, Map.of(), new byte[0]);
    }

    private static Mono<Void> write(HttpServerRequest request, Answer answer, HttpServerResponse response) {
        response.status(answer.status);
        answer.headers.forEach(response::header);
        boolean bare = request.method().name().equals("HEAD") || answer.status == 204 || answer.status == 304;
        if (bare || answer.body.length == 0) {
            if (!bare) {
                response.header("content-length", "0");
            }
            return response.send();
        }
        return response.sendByteArray(Mono.just(answer.body)).then();
    }

    /** What the worker hands over beside the request; its logger has no name and no parent. */
    private static final class Invocation implements ExecutionContext {
        private final Logger logger = Logger.getAnonymousLogger();

        Invocation(Consumer<String> lines) {
            logger.setUseParentHandlers(false);
            logger.setLevel(Level.ALL);
            logger.addHandler(new Handler() {
                @Override
                public void publish(LogRecord line) {
                    lines.accept(line.getMessage());
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            });
        }

        @Override
        public Logger getLogger() {
            return logger;
        }

        @Override
        public String getInvocationId() {
            return "invocation";
        }

        @Override
        public String getFunctionName() {
            return "function";
        }
    }

    /** One function: a method and its trigger. */
    private static final class Function {
        private final Method method;
        private final HttpTrigger trigger;
        private final boolean takesBytes;

        Function(Method method) {
            this.method = method;
            this.trigger = method.getParameters()[0].getAnnotation(HttpTrigger.class);
            Type message = method.getGenericParameterTypes()[0];
            Type optional = ((ParameterizedType) message).getActualTypeArguments()[0];
            this.takesBytes = ((ParameterizedType) optional).getActualTypeArguments()[0].equals(byte[].class);
        }

        /** 0 for a literal route, 1 for one with variables, 2 for one that takes everything. */
        int vagueness() {
            return trigger.route().contains("{*") ? 2 : trigger.route().contains("{") ? 1 : 0;
        }

        boolean matches(String requestMethod, String path) {
            if (Arrays.stream(trigger.methods()).noneMatch(each -> each.name().equals(requestMethod))) {
                return false;
            }
            if (vagueness() == 2) {
                return true;
            }
            String[] expected = trigger.route().split("/", -1);
            String[] actual = path.substring(1).split("/", -1);
            if (expected.length != actual.length) {
                return false;
            }
            for (int i = 0; i < expected.length; i++) {
                boolean variable = expected[i].startsWith("{");
                if (variable ? actual[i].isEmpty() : !expected[i].equalsIgnoreCase(actual[i])) {
                    return false;
                }
            }
            return true;
        }

        HttpResponseMessage invoke(Message message, ExecutionContext context) throws ReflectiveOperationException {
            if (message.bytes != null && takesBytes != message.binary) {
                if (takesBytes) {
                    throw new ClassCastException("Cannot convert RpcHttpRequestDataSource to byte[]");
                }
                message.text = new String(message.bytes, StandardCharsets.UTF_8);
            }
            message.asBytes = takesBytes;
            Object instance =
                    method.getDeclaringClass().getDeclaredConstructor().newInstance();
            return (HttpResponseMessage) method.invoke(instance, message, context);
        }
    }

    /** A request as the worker hands it over. */
    private static final class Message implements HttpRequestMessage<Optional<Object>> {
        private final String uri;
        private final HttpMethod method;
        private final Map<String, String> headers;
        private final byte @Nullable [] bytes;
        private final boolean binary;
        private @Nullable String text;
        private boolean asBytes;

        Message(HttpServerRequest request, byte[] body) {
            Map<String, String> joined = new HashMap<>();
            request.requestHeaders()
                    .forEach(header -> joined.merge(
                            header.getKey().toLowerCase(Locale.ROOT),
                            header.getValue(),
                            (one, next) -> one + "," + next));
            joined.putAll(OF_THE_PLATFORM);
            String type = joined.getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
            headers = Collections.unmodifiableMap(joined);
            uri = "http://" + joined.getOrDefault("host", "localhost") + request.uri();
            method = HttpMethod.valueOf(request.method().name());
            bytes = joined.containsKey("content-length") && body.length > 0 ? body : null;
            binary = type.startsWith("multipart/") || type.startsWith("application/octet-stream");
            text = bytes == null || binary ? null : new String(body, StandardCharsets.UTF_8);
        }

        @Override
        public URI getUri() {
            return URI.create(uri);
        }

        @Override
        public HttpMethod getHttpMethod() {
            return method;
        }

        @Override
        public Map<String, String> getHeaders() {
            return headers;
        }

        @Override
        public Map<String, String> getQueryParameters() {
            Map<String, String> parameters = new LinkedHashMap<>();
            String query = uri.contains("?") ? uri.substring(uri.indexOf('?') + 1) : "";
            for (String parameter : query.split("&", -1)) {
                int equals = parameter.indexOf('=');
                if (equals > 0 && equals < parameter.length() - 1) {
                    parameters.merge(
                            parameter.substring(0, equals),
                            parameter.substring(equals + 1),
                            (one, next) -> one + "," + next);
                }
            }
            return Collections.unmodifiableMap(parameters);
        }

        @Override
        public Optional<Object> getBody() {
            return Optional.ofNullable(asBytes ? bytes : text);
        }

        @Override
        public HttpResponseMessage.Builder createResponseBuilder(HttpStatus status) {
            return new AnswerBuilder().status(status);
        }

        @Override
        public HttpResponseMessage.Builder createResponseBuilder(HttpStatusType status) {
            return new AnswerBuilder().status(status);
        }
    }

    private static final class AnswerBuilder implements HttpResponseMessage.Builder {
        private HttpStatusType status = HttpStatus.OK;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private @Nullable Object body;

        @Override
        public HttpResponseMessage.Builder status(HttpStatusType value) {
            status = value;
            return this;
        }

        @Override
        public HttpResponseMessage.Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        @Override
        public HttpResponseMessage.Builder body(Object value) {
            body = value;
            return this;
        }

        @Override
        public HttpResponseMessage build() {
            return new BuiltAnswer(status, headers, body);
        }
    }

    private record BuiltAnswer(
            HttpStatusType status,
            Map<String, String> headers,
            @Nullable Object body) implements HttpResponseMessage {
        @Override
        public HttpStatusType getStatus() {
            return status;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return headers.get(name);
        }

        @Override
        public @Nullable Object getBody() {
            return body;
        }
    }

    /** An answer as the host sends it. */
    private record Answer(int status, Map<String, String> headers, byte[] body) {

        private static final List<String> FRAMING =
                List.of("transfer-encoding", "connection", "keep-alive", "upgrade", "te", "trailer");

        static Answer of(@Nullable HttpResponseMessage built) {
            if (!(built instanceof BuiltAnswer answer)) {
                throw new IllegalStateException("answer: " + built + " (expected: one of the request's own builder)");
            }
            int status = answer.status.value();
            if (status < 100 || status > 599) {
                throw new IllegalStateException("status: " + status + " (expected: 100 to 599)");
            }
            byte[] body = bytes(answer.body);
            return new Answer(status, singleValued(answer.headers, body.length), body);
        }

        private static byte[] bytes(@Nullable Object body) {
            if (body == null) {
                return new byte[0];
            }
            if (body instanceof byte[] bytes) {
                return bytes;
            }
            if (body instanceof String text) {
                return text.getBytes(StandardCharsets.UTF_8);
            }
            throw new ClassCastException("body: " + body.getClass() + " (expected: byte[], String or null)");
        }

        private static Map<String, String> singleValued(Map<String, String> headers, int length) {
            Map<String, String> firsts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.forEach((name, value) -> {
                if (value == null) {
                    throw new IllegalStateException(name + ": null (expected: a value)");
                }
                firsts.putIfAbsent(name, value);
            });
            List<String> forbidden = new ArrayList<>(FRAMING);
            forbidden.retainAll(firsts.keySet().stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .toList());
            if (!forbidden.isEmpty()) {
                throw new IllegalStateException("headers: " + forbidden + " (expected: none that frames the answer)");
            }
            String declared = firsts.get("content-length");
            if (declared != null && !declared.equals(Integer.toString(length))) {
                throw new IllegalStateException("content-length: " + declared + " (expected: " + length + ")");
            }
            return firsts;
        }
    }
}
