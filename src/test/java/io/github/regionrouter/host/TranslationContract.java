package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static io.github.regionrouter.testing.SettingsJson.keyOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.lab.simulator.ReceivedRequest;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.RawCaller;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import io.github.regionrouter.testing.WireRegion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R13 and R15: nothing is lost in translation, nothing passes that must not. */
abstract class TranslationContract extends RouterContract {

    private static final String SPEECH = "/openai/deployments/gpt-4o/audio/speech?api-version=2024-10-21";
    private static final int FIVE_MIB = 5 * 1024 * 1024;

    private final HandClock clock = new HandClock();
    private final SimulatedRegion east = region("eastus");
    private final SimulatedRegion west = region("westus");
    private final SettingsJson both = SettingsJson.model("gpt-4o", at(east), at(west));

    TranslationContract(HostUnderTest host) {
        super(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"gpt-4o\",\"messages\":[]}",
                " \t\r\n{ \"messages\" :[ ] ,\r\n\r\n\t\"model\"\t:\n\"gpt-4o\"  } \n\n ",
                "{\"messages\":[{\"content\":\"Grüße 漢字 🚀 \\u00e9\\ud83d\\ude80 \\/ \\\\ \\\"model\\\": 1\"}],\"model\":\"gpt-4o\"}",
                "{\"model\":\"gpt\\u002d4o\",\"messages\":[],\"n\":1.00,\"seed\":12345678901234567890,\"x\":1E+2,\"y\":-0}",
                "{\"\":0,\"a\":1,\"a\":2,\"mod\\u0065l\":\"gpt-4o\",\"messages\":[],\"metadata\":{\"model\":\"other\"}}"
            })
    void aRequestBodyArrivesAsItWasSent(String body) throws Exception {
        Caller caller = start(both, clock);

        caller.post(Caller.V1_CHAT, body);
        caller.post(Caller.CHAT, body);

        assertThat(east.log()).hasSize(2).allSatisfy(request -> {
            assertThat(request.bodyText()).isEqualTo(body);
            assertThat(request.header("content-length")).isEqualTo(Integer.toString(body.getBytes(UTF_8).length));
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aLargeRequestBodyArrivesAsItWasSentInEveryRegion(long seed) throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.throttle(Map.of("retry-after", "30")));
        byte[] body = ("{\"messages\":[{\"role\":\"user\",\"content\":\"" + text(new Random(seed), FIVE_MIB)
                        + "\"}],\"model\":\"gpt-4o\"}")
                .getBytes(UTF_8);

        caller.post(seed % 2 == 0 ? Caller.CHAT : Caller.V1_CHAT, body).isOk();

        assertThat(east.log().get(0).body()).isEqualTo(body);
        assertThat(west.log().get(0).body()).isEqualTo(body);
    }

    @Test
    void aBodyThatIsNotJsonIsTheRegionsToJudgeWhenThePathNamesTheModel() throws Exception {
        Caller caller = start(both, clock);

        caller.post(Caller.CHAT, "not { json");

        assertThat(east.log().get(0).bodyText()).isEqualTo("not { json");
    }

    @Test
    void aResponseBodyArrivesAsItWasSent() throws Exception {
        byte[] sound = new byte[FIVE_MIB];
        new Random(7).nextBytes(sound);
        WireRegion region = wireRegion(
                WireRegion.answering(sound, "HTTP/1.1 200 OK", "Content-Type: audio/mpeg", "x-ms-region: East US"));
        Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", region.endpoint())), clock);

        Reply reply = caller.post(SPEECH, "{\"input\":\"say it\"}").isOk();

        assertThat(reply.body()).isEqualTo(sound);
        assertThat(reply.header("content-type")).isEqualTo("audio/mpeg");
        assertThat(reply.header("content-length")).isEqualTo(Integer.toString(FIVE_MIB));
    }

    @Test
    void aResponseInChunksArrivesWhole() throws Exception {
        WireRegion region = wireRegion(WireRegion.answering(
                "3\r\none\r\n4;x=y\r\n two\r\n0\r\ntrailer: 1\r\n\r\n".getBytes(UTF_8),
                "HTTP/1.1 200 OK",
                "Content-Type: text/plain",
                "Transfer-Encoding: chunked",
                "Trailer: trailer"));
        Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", region.endpoint())), clock);

        Reply reply = caller.post(SPEECH, "{}").isOk();

        assertThat(reply.text()).isEqualTo("one two");
        assertThat(reply.headers()).doesNotContainKey("trailer");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 206, 299})
    void anyGoodStatusPasses(int status) throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.status(status, Map.of(), "{\"id\": 1 }"));

        Reply reply = caller.chat();

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.text()).isEqualTo("{\"id\": 1 }");
    }

    @Test
    void anAnswerWithoutBodyPasses() throws Exception {
        WireRegion region = wireRegion(
                (request, out) -> out.write("HTTP/1.1 204 No Content\r\nx-ms-region: East US\r\n\r\n".getBytes(UTF_8)));
        Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", region.endpoint())), clock);

        Reply reply = caller.chat();

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void aCompressedAnswerIsLeftCompressed() throws Exception {
        byte[] packed = gzip("{\"packed\":true}");
        WireRegion region = wireRegion(WireRegion.answering(
                packed, "HTTP/1.1 200 OK", "Content-Type: application/json", "Content-Encoding: gzip"));
        Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", region.endpoint())), clock);

        Reply reply = caller.with("accept-encoding", "gzip").chat().isOk();

        assertThat(reply.body()).isEqualTo(packed);
        assertThat(reply.header("content-encoding")).isEqualTo("gzip");
        assertThat(region.log().get(0).head().toLowerCase(Locale.ROOT)).contains("accept-encoding: gzip\r\n");
    }

    @Test
    void aCallerWhoCannotUnpackIsNotSentPackedAnswers() throws Exception {
        Caller caller = start(both, clock);

        caller.chat().isOk();

        assertThat(east.log().get(0).header("accept-encoding")).isIn(null, "identity");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api-version=2024-10-21&b=2&a=1&b=&c&b=%20x+y&=&&z=1",
                "z=1&api-version=2024-10-21&api-version=2024-10-21",
                "api-version=2024-10-21&q=%C3%BC%2F%3F:@!$'()*,;~",
                "barcode=1&codes=2&api-version=2024-10-21&x=code"
            })
    void aQueryKeepsOrderDuplicatesAndEmpties(String query) throws Exception {
        Caller caller = start(both, clock);
        String path = "/openai/deployments/gpt-4o/chat/completions?";

        caller.post(path + query, Caller.CHAT_BODY);

        assertThat(east.log().get(0).uri()).isEqualTo(path + query);
    }

    @Test
    void aFunctionsKeyInTheQueryStaysBehind() throws Exception {
        Caller caller = start(both, clock);

        caller.post(
                "/openai/deployments/gpt-4o/chat/completions?code=secret%3D&api-version=2024-10-21&code=again",
                Caller.CHAT_BODY);

        assertThat(east.log().get(0).uri())
                .isEqualTo("/openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21");
    }

    @Test
    void twoLeadingSlashesAreOne() throws Exception {
        Caller caller = start(both, clock);

        caller.post("/" + Caller.CHAT, Caller.CHAT_BODY).isOk();

        assertThat(east.log().get(0).uri()).isEqualTo(Caller.CHAT);
    }

    @Test
    void thePathNamesTheDeploymentOfEachRegion() throws Exception {
        Caller caller = start(
                SettingsJson.model("gpt-4o", at(east).deployment("gpt-4o-east"), at(west).deployment("prod.gpt_4o")),
                clock);
        east.faults().add(Fault.throttle(Map.of("retry-after", "30")));
        String body = "{\"model\": \"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"one\"}]}";

        caller.post(Caller.CHAT, body).isOk();

        String path = "/openai/deployments/%s/chat/completions?api-version=2024-10-21";
        assertThat(east.log().get(0).uri()).isEqualTo(path.formatted("gpt-4o-east"));
        assertThat(west.log().get(0).uri()).isEqualTo(path.formatted("prod.gpt_4o"));
        assertThat(west.log().get(0).bodyText()).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":@,\"messages\":[]}",
                "` {\"messages\" : [{\"content\":\"\\\"model\\\": \\\"gpt-4o\\\" 漢字🚀\"}],\t\"model\"\t: @ , \"metadata\":{\"model\":\"gpt-4o\"} } `",
                "{\"tools\":[{\"model\":\"gpt-4o\"},[{\"type\":\"mcp\"}],7],\"mod\\u0065l\":@}",
                "{\"ünïcödé\":\"ü\",\"model\":@,\"messages\":[{\"model\":\"gpt-4o\"}],\"n\":1.0}"
            })
    void theBodyNamesTheDeploymentOfEachRegionAndNothingElseChanges(String body) throws Exception {
        Caller caller = start(
                SettingsJson.model("gpt-4o", at(east).deployment("x"), at(west).deployment("a-longer-name")), clock);
        east.faults().add(Fault.throttle(Map.of("retry-after", "30")).times(1));

        caller.post(Caller.V1_CHAT, body.replace("@", "\"gpt-4o\""));
        caller.post(Caller.V1_CHAT, body.replace("@", "\"gpt\\u002D4\\u006f\""));

        assertThat(east.log().get(0).bodyText()).isEqualTo(body.replace("@", "\"x\""));
        assertThat(west.log())
                .hasSize(2)
                .allSatisfy(
                        request -> assertThat(request.bodyText()).isEqualTo(body.replace("@", "\"a-longer-name\"")));
    }

    @Test
    void aByteOrderMarkDoesNotMoveTheName() throws Exception {
        Caller caller = start(SettingsJson.model("gpt-4o", at(east).deployment("other")), clock);

        caller.post(Caller.V1_CHAT, "\uFEFF{\"model\":\"gpt-4o\",\"messages\":[]}");

        assertThat(east.log().get(0).bodyText()).isEqualTo("\uFEFF{\"model\":\"other\",\"messages\":[]}");
    }

    @Test
    void aNameInALargeBodyIsReplacedWhereItStands() throws Exception {
        Caller caller = start(SettingsJson.model("gpt-4o", at(east).deployment("other")), clock);
        String before =
                "{\"messages\":[{\"role\":\"user\",\"content\":\"" + text(new Random(9), FIVE_MIB) + "\"}],\"model\":";

        caller.post(Caller.V1_CHAT, before + "\"gpt-4o\"}").isOk();

        assertThat(east.log().get(0).body()).isEqualTo((before + "\"other\"}").getBytes(UTF_8));
    }

    @Test
    void onlyListedHeadersReachARegionAndOneKeyOfItsOwn() throws Exception {
        Caller caller = start(both, clock);
        Caller talkative = caller.with("api-key", "of-the-caller")
                .with("authorization", "Bearer of-the-caller")
                .with("x-api-key", "of-the-caller")
                .with("ocp-apim-subscription-key", "of-the-caller")
                .with("x-functions-key", "of-the-caller")
                .with("cookie", "ARRAffinity=of-the-caller")
                .with("x-forwarded-for", "203.0.113.9")
                .with("x-forwarded-host", "of-the-caller")
                .with("forwarded", "for=203.0.113.9")
                .with("x-stainless-lang", "java")
                .with("x-stainless-retry-count", "1")
                .with("x-ms-client-principal", "of-the-caller")
                .with("x-router-anything", "of-the-caller")
                .with("x-whatever", "of-the-caller")
                .with("te", "trailers")
                .with("accept", "application/json")
                .with("user-agent", "tests/1.0")
                .with("x-ms-client-request-id", "id-1")
                .with("openai-beta", "assistants=v2")
                .with("idempotency-key", "once")
                .with("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        talkative.chat().isOk();

        ReceivedRequest request = east.log().get(0);
        assertThat(request.headers())
                .containsOnlyKeys(
                        "host",
                        "content-length",
                        "api-key",
                        "content-type",
                        "accept",
                        "user-agent",
                        "x-ms-client-request-id",
                        "openai-beta",
                        "idempotency-key",
                        "traceparent")
                .containsEntry("api-key", List.of(keyOf("eastus")))
                .containsEntry("host", List.of(east.endpoint().getAuthority()))
                .containsEntry("user-agent", List.of("tests/1.0"))
                .containsEntry("x-ms-client-request-id", List.of("id-1"))
                .containsEntry("traceparent", List.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    }

    @Test
    void eachRegionGetsItsOwnKeyAlone() throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.status(503));

        caller.chat().isOk();

        assertThat(east.log().get(0).headers()).containsEntry("api-key", List.of(keyOf("eastus")));
        assertThat(west.log().get(0).headers()).containsEntry("api-key", List.of(keyOf("westus")));
    }

    @Test
    void whatARegionMayNotSayDoesNotReachTheCaller() throws Exception {
        WireRegion region = wireRegion(WireRegion.answering(
                "{}".getBytes(UTF_8),
                "HTTP/1.1 200 OK",
                "Content-Type: application/json",
                "api-key: " + keyOf("eastus"),
                "Authorization: Bearer of-the-region",
                "Set-Cookie: ARRAffinity=of-the-region",
                "X-Router-Attempts: spoofed",
                "x-router-region: spoofed",
                "x-router-request-id: spoofed",
                "x-router-invented: spoofed",
                "backend-service-URL: spoofed",
                "Keep-Alive: timeout=5",
                "Proxy-Authenticate: Basic",
                "Upgrade: h2c",
                "Alt-Svc: h3=\":443\"",
                "x-ms-region: East US",
                "X-RateLimit-Remaining-Tokens: 7"));
        Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", region.endpoint())), clock);

        Reply reply = caller.chat().isOk();

        assertThat(reply.headers().toString()).doesNotContain("spoofed", "of-the-region", keyOf("eastus"));
        assertThat(reply.headers())
                .doesNotContainKeys("keep-alive", "proxy-authenticate", "upgrade", "alt-svc", "set-cookie");
        assertThat(reply.header("x-router-attempts")).isEqualTo("eastus;status=200;ms=0;decision=return");
        assertThat(reply.header("x-router-region")).isEqualTo("eastus");
        assertThat(reply.header("backend-service-url"))
                .isEqualTo(region.endpoint().toString());
        assertThat(reply.header("x-ms-region")).isEqualTo("East US");
        assertThat(reply.header("x-ratelimit-remaining-tokens")).isEqualTo("7");
    }

    @Test
    void whatBelongsToTheRegionsConnectionDoesNotReachTheCaller() throws Exception {
        WireRegion region = wireRegion(WireRegion.answering(
                "{}".getBytes(UTF_8),
                "HTTP/1.1 200 OK",
                "Connection: keep-alive, X-Hop ,x-other",
                "x-hop: 1",
                "X-Other: 2"));
        Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", region.endpoint())), clock);

        assertThat(caller.chat().isOk().headers()).doesNotContainKeys("x-hop", "x-other", "keep-alive");
    }

    @Test
    void aKeptFailureDoesNotSpeakForTheRouterEither() throws Exception {
        Caller caller = start(SettingsJson.model("gpt-4o", at(east)), clock);
        east.faults()
                .add(Fault.status(
                        503,
                        Map.of("x-router-attempts", "spoofed", "set-cookie", "a=spoofed", "x-ms-region", "East US"),
                        "{\"error\":{\"code\":\"503\",\"message\":\"busy\"}}"));

        Reply reply = caller.chat();

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.headers().toString()).doesNotContain("spoofed");
        assertThat(reply.attempts()).isEqualTo("eastus;status=503;exhausted");
        assertThat(reply.header("x-ms-region")).isEqualTo("East US");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openai/deployments/gpt-4o/../../../metadata",
                "/openai/deployments/gpt-4o/%2e%2e/%2E%2E/admin",
                "/openai/./deployments/gpt-4o/chat/completions",
                "/openai/v1/../admin"
            })
    void aPathThatClimbsIsRefused(String path) throws Exception {
        Caller caller = start(both, clock);

        try (RawCaller raw = new RawCaller(caller.router())) {
            raw.post(path, "{\"model\":\"gpt-4o\"}").read().isError(400, "invalid_path");
        }

        assertThat(east.log()).isEmpty();
    }

    @Test
    void aDeploymentsNameCannotReachAnotherPath() throws Exception {
        Caller caller = start(both, clock);

        Reply climbing = caller.post("/openai/deployments/gpt-4o%2f..%2fadmin/chat/completions?api-version=1", "{}");
        assertThat(climbing.status()).isIn(400, 404);
        assertThat(east.log()).isEmpty();

        caller.post("/openai/deployments/gpt%2D4o/chat/completions?api-version=2024-10-21", Caller.CHAT_BODY)
                .isOk();
        assertThat(east.log().get(0).path()).isEqualTo("/openai/deployments/gpt-4o/chat/completions");
    }

    /** Text of about so many bytes, from all of Unicode, as the inside of a JSON string. */
    private static String text(Random random, int bytes) {
        StringBuilder text = new StringBuilder(bytes);
        while (text.length() < bytes / 2) {
            int kind = random.nextInt(8);
            if (kind == 0) {
                text.append(List.of("\\\"", "\\\\", "\\n", "\\u0000", "\\ud83d\\ude80", "\\\"model\\\":\\\"x\\\"")
                        .get(random.nextInt(6)));
            } else if (kind == 1) {
                text.appendCodePoint(0x1F600 + random.nextInt(64));
            } else if (kind == 2) {
                text.appendCodePoint(0x4E00 + random.nextInt(1_000));
            } else if (kind == 3) {
                text.appendCodePoint(0xA0 + random.nextInt(0x500));
            } else {
                text.append((char) ('a' + random.nextInt(26))).append(' ').append("{}[]:,".charAt(random.nextInt(6)));
            }
        }
        return text.toString();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
