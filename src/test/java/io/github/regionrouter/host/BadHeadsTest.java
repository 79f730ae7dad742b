package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static io.github.regionrouter.testing.SettingsJson.caller;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.RawCaller;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads of requests that strain the streaming host: refused in Azure's shape, or passed on as one request. */
final class BadHeadsTest extends RouterContract {

    private static final String POST = "POST " + Caller.CHAT + " HTTP/1.1";
    private static final String HOST = "Host: router.test";
    private static final String TYPE = "Content-Type: application/json";
    private static final String LENGTH = "Content-Length: " + Caller.CHAT_BODY.length();

    private final HandClock clock = new HandClock();
    private final SimulatedRegion east = region("eastus");
    private final SettingsJson settings = SettingsJson.model("gpt-4o", at(east));

    BadHeadsTest() {
        super(HostUnderTest.STREAMING);
    }

    private static Arguments head(String name, int status, String... lines) {
        return Arguments.of(Named.of(name, lines), status);
    }

    /** Each is refused before the router's own code sees it, unless that is made to speak for the server as well. */
    static Stream<Arguments> malformed() {
        return Stream.of(
                head("a request line of 20 KB", 414, "GET /openai/" + "x".repeat(20_000) + " HTTP/1.1", HOST),
                head("a header of 100 KB", 431, POST, HOST, TYPE, LENGTH, "x-large: " + "y".repeat(100_000)),
                head("a header name of 100 KB", 431, POST, HOST, TYPE, LENGTH, "y".repeat(100_000) + ": x"),
                head("10,000 headers", 431, many(10_000, POST, HOST, TYPE, LENGTH)),
                head("a length of letters", 400, POST, HOST, TYPE, "Content-Length: ten"),
                head("a length below zero", 400, POST, HOST, TYPE, "Content-Length: -1"),
                head("a length with a sign", 400, POST, HOST, TYPE, "Content-Length: +" + Caller.CHAT_BODY.length()),
                head("a length beyond numbers", 400, POST, HOST, TYPE, "Content-Length: 99999999999999999999"),
                head("lengths that differ", 400, POST, HOST, TYPE, LENGTH, "Content-Length: 3"),
                head("lengths that differ in one line", 400, POST, HOST, TYPE, LENGTH + ", 3"),
                head("a space before the colon", 400, POST, HOST, TYPE, LENGTH, "Transfer-Encoding : chunked"),
                head("a space in a name", 400, POST, HOST, TYPE, LENGTH, "x name: y"),
                head("no name", 400, POST, HOST, TYPE, LENGTH, ": y"),
                head("no colon", 400, POST, HOST, TYPE, LENGTH, "hello"),
                head("a NUL in a value", 400, POST, HOST, TYPE, LENGTH, "x-ms-client-request-id: a\u0000b"),
                head("a NUL in a name", 400, POST, HOST, TYPE, LENGTH, "x\u0000y: a"),
                head("a CR in a value", 400, POST, HOST, TYPE, LENGTH, "x-ms-client-request-id: a\rx-evil: b"),
                head(
                        "a control character in a value",
                        400,
                        POST,
                        HOST,
                        TYPE,
                        LENGTH,
                        "x-ms-client-request-id: a\u0001b"),
                head("no version", 400, "POST " + Caller.CHAT, HOST, TYPE, LENGTH),
                head("a version of letters", 400, "POST " + Caller.CHAT + " HTTP/x.y", HOST, TYPE, LENGTH),
                head("another protocol", 400, "POST " + Caller.CHAT + " RTSP/1.0", HOST, TYPE, LENGTH),
                head("a method with a bracket", 400, "PO(ST " + Caller.CHAT + " HTTP/1.1", HOST, TYPE, LENGTH),
                head("a target with a space", 400, "POST /openai/v1/chat completions HTTP/1.1", HOST, TYPE, LENGTH));
    }

    private static String[] many(int count, String... lines) {
        List<String> all = new ArrayList<>(List.of(lines));
        for (int i = 0; i < count; i++) {
            all.add("x-" + i + ": 1");
        }
        return all.toArray(String[]::new);
    }

    @Tag("server-refusals")
    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedHeadIsRefusedInAzuresShape(String[] lines, int status) throws Exception {
        Caller caller = start(settings, clock);

        try (RawCaller raw = new RawCaller(caller.router())) {
            Reply reply = raw.head(lines).read();

            assertThat(reply.status()).as("%s", reply).isIn(status, 400, 505);
            assertThat(reply.text()).startsWith("{\"error\":{\"code\":\"");
            assertThat(reply.header("content-type")).isEqualTo("application/json");
        }
        caller.chat().isOk();
        assertThat(east.log()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "?",
                "http://",
                "http://router.test",
                "http://[",
                "router.test:443",
                "openai/v1/chat/completions"
            })
    void aTargetThatIsNoPathIsRefused(String target) throws Exception {
        Caller caller = start(settings, clock);

        for (String method : new String[] {"POST", "OPTIONS", "CONNECT"}) {
            try (RawCaller raw = new RawCaller(caller.router())) {
                Reply reply = raw.head(method + " " + target + " HTTP/1.1", HOST, "Content-Length: 0")
                        .read();
                assertThat(reply.status()).as("%s", reply).isBetween(400, 499);
                assertThat(reply.text()).startsWith("{\"error\":{\"code\":\"");
            }
        }
        assertThat(east.log()).isEmpty();
    }

    private Reply chat(Caller caller, String... more) throws Exception {
        try (RawCaller raw = new RawCaller(caller.router())) {
            return raw.post(Caller.CHAT, Caller.CHAT_BODY, more).read();
        }
    }

    @Test
    void manyAndLargeHeadersPassOrStayBehind() throws Exception {
        Caller caller = start(settings, clock);

        chat(caller, many(200)).isOk();
        chat(caller, "x-large: " + "y".repeat(60_000)).isOk();
        chat(caller, "x-router-timeout-ms: " + "9".repeat(60_000)).isError(400, "invalid_header");

        assertThat(east.log()).hasSize(2);
        assertThat(east.log().get(0).headers().keySet()).noneMatch(name -> name.matches("x-\\d+"));
        assertThat(east.log().get(1).headers()).doesNotContainKey("x-large");
    }

    /** What passes to a region must not be more than a region takes: 60 KB of one header is its caller's fault alone. */
    @ParameterizedTest
    @ValueSource(strings = {"x-ms-client-request-id", "user-agent", "traceparent", "openai-beta"})
    void aHeaderOf60KilobytesHurtsNobodyElse(String name) throws Exception {
        Caller caller = start(settings, clock);

        for (int i = 0; i < 4; i++) {
            Reply reply = chat(caller, name + ": " + "y".repeat(60_000));
            if (reply.status() != 200) {
                assertThat(reply.text()).startsWith("{\"error\":{\"code\":\"");
                assertThat(reply.body()).hasSizeLessThan(2_000);
            }
        }

        caller.chat().isOk();
    }

    @Test
    void aFoldedHeaderBecomesNoOther() throws Exception {
        Caller caller = start(settings, clock);

        Reply reply = chat(caller, "x-ms-client-request-id: a\r\n api-key: evil\r\n\tx-router-region: evil");

        if (reply.status() == 200) {
            assertThat(east.log().get(0).headers().toString().toLowerCase(Locale.ROOT))
                    .doesNotContain("x-router-region=");
            assertThat(east.log().get(0).headers().get("api-key")).containsExactly("key-of-eastus");
        } else {
            assertThat(reply.text()).startsWith("{\"error\":{\"code\":\"");
        }
    }

    @Test
    void twoKeysAreNotTwoCallers() throws Exception {
        Caller caller = start(
                settings.callers(
                        caller("a", "key-a", "\"models\":[\"gpt-4o\"]"), caller("b", "key-b", "\"models\":[]")),
                clock);

        for (String[] keys : new String[][] {
            {"api-key: wrong", "api-key: key-a"},
            {"api-key: key-a", "api-key: wrong"},
            {"Authorization: Bearer wrong", "Authorization: Bearer key-a"},
            {"Authorization: Basic x", "authorization: bearer key-a"}
        }) {
            Reply reply = chat(caller, keys);
            if (reply.status() != 200) {
                reply.isError(401, "401");
            }
        }
        assertThat(east.log()).allSatisfy(request -> {
            assertThat(request.headers().get("api-key")).containsExactly("key-of-eastus");
            assertThat(request.headers()).doesNotContainKey("authorization");
        });
    }

    @Test
    void twoContentTypesReachTheRegionAsOneOrNotAtAll() throws Exception {
        Caller caller = start(settings, clock);

        Reply reply = chat(caller, "Content-Type: multipart/form-data; boundary=b");

        if (reply.status() == 200) {
            assertThat(east.log().get(0).headers().get("content-type")).hasSize(1);
        } else {
            assertThat(reply.text()).startsWith("{\"error\":{\"code\":\"");
        }
    }

    /** RFC 9112 §6.3: chunks win, or the request is refused; what follows is no body of this one. */
    @ParameterizedTest
    @ValueSource(strings = {"chunked", "Chunked", "identity, chunked"})
    void chunksAndALengthAreOneRequest(String encoding) throws Exception {
        Caller caller = start(settings, clock);
        String chunk = Integer.toHexString(Caller.CHAT_BODY.length()) + "\r\n" + Caller.CHAT_BODY + "\r\n0\r\n\r\n";

        try (RawCaller raw = new RawCaller(caller.router())) {
            Reply reply = raw.head(POST, HOST, TYPE, "Content-Length: 5", "Transfer-Encoding: " + encoding)
                    .bytes(chunk.getBytes(ISO_8859_1))
                    .read();
            if (reply.status() == 200) {
                assertThat(east.log().get(0).bodyText()).isEqualTo(Caller.CHAT_BODY);
            } else {
                assertThat(reply.text()).startsWith("{\"error\":{\"code\":\"");
            }
        }
        assertThat(east.log()).hasSizeLessThan(2);
    }

    @Test
    void aPipelineIsAnsweredInItsOrder() throws Exception {
        Caller caller = start(settings, clock);

        try (RawCaller raw = new RawCaller(caller.router())) {
            raw.post(Caller.CHAT, Caller.CHAT_BODY)
                    .post("/x", "{}")
                    .post(Caller.CHAT.replace("gpt-4o", "o9"), Caller.CHAT_BODY)
                    .post(Caller.CHAT, Caller.CHAT_BODY);
            raw.read().isOk();
            raw.read().isError(404, "404");
            raw.read().isError(404, "DeploymentNotFound");
            raw.read().isOk();
        }
    }
}
