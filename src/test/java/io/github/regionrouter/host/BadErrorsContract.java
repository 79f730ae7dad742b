package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.RawCaller;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import io.github.regionrouter.testing.WireRegion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals of a region in words that nobody expects (R3, R5, R6), and a caller's odd words that are no fault of a region's. */
abstract class BadErrorsContract extends RouterContract {

    private static final String JSON = "Content-Type: application/json";

    private final HandClock clock = new HandClock();
    private final SimulatedRegion west = region("westus");

    BadErrorsContract(HostUnderTest host) {
        super(host);
    }

    /** A body of at most 64 KiB, which the router reads whole. */
    private record Text(String name, String body) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Text> texts() {
        String open = "{\"error\":{\"code\":\"x\",\"message\":\"";
        return Stream.of(
                new Text("nothing", ""),
                new Text("HTML", "<html>Please retry after 7 seconds.</html>"),
                new Text("an object 10,000 deep", "{\"error\":" + "{\"a\":".repeat(10_000)),
                new Text("an array 30,000 deep", "[".repeat(30_000) + "]".repeat(30_000)),
                new Text("an error of null", "{\"error\":null}"),
                new Text("an error of an array", "{\"error\":[]}"),
                new Text("two errors", "{\"error\":{},\"error\":7}"),
                new Text("60,000 digits", open + "Please retry after " + "9".repeat(60_000) + " seconds.\"}}"),
                new Text("a wait beyond numbers", open + "Please retry after 99999999999999999999 seconds.\"}}"),
                new Text("a wait below zero", open + "Please retry after -5 seconds.\"}}"),
                new Text("2,000 waits", open + "Please retry after ".repeat(2_000) + "\"}}"),
                new Text("60,000 spaces", open + "Please retry after" + " ".repeat(60_000) + "x\"}}"),
                new Text("file not found, often", open + "file ".repeat(12_000) + "\"}}"),
                new Text("quotes without end", "\"".repeat(60_000)),
                new Text("invalid UTF-8", open + "\u00ff\u00c3(\"}}"),
                new Text("zeros", "\u0000".repeat(60_000)));
    }

    private WireRegion saying(int status, String body, String... headers) throws Exception {
        List<String> head = new ArrayList<>(List.of("HTTP/1.1 " + status + " X", JSON));
        head.addAll(List.of(headers));
        return wireRegion(WireRegion.answering(body.getBytes(ISO_8859_1), head.toArray(String[]::new)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void whateverARegionSaysTheNextOneIsAsked(Text text) throws Exception {
        for (int status : new int[] {429, 404, 500, 503, 401}) {
            WireRegion east = saying(status, text.body());
            Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", east.endpoint()), at(west)), clock);

            assertThat(caller.chat().isOk().attempts())
                    .isEqualTo("eastus;status=" + status + ";next_region, westus;status=200;return");
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void whateverTheOnlyRegionSaysTheCallerHasAnAnswer(Text text) throws Exception {
        for (int status : new int[] {429, 404, 500, 503, 401, 400}) {
            WireRegion east = saying(status, text.body());
            Caller caller = start(
                    SettingsJson.model("gpt-4o", at("eastus", east.endpoint())).retry("\"maxWaitSeconds\":0"), clock);

            Reply reply = caller.chat();

            assertThat(reply.status()).isBetween(400, 504);
            if (status == 429 || status == 503 || status == 401) {
                assertThat(reply.text()).as("status %s", status).startsWith("{\"error\":");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "retry-after, 99999999999999999999",
        "retry-after, -5",
        "retry-after, NaN",
        "retry-after, 1e9",
        "retry-after, 'Thu, 99 Foo 2026 99:99:99 GMT'",
        "retry-after, 'Thu, 01 Jan 1970 00:00:00 GMT'",
        "retry-after-ms, 99999999999999999999",
        "retry-after-ms, 0",
        "x-ms-retry-after-ms, -1",
        "x-ratelimit-reset-tokens, 9h99m99s99ms",
        "x-ratelimit-reset-requests, soon"
    })
    void noWaitThatMakesNoSenseKeepsARegionAway(String name, String value) throws Exception {
        WireRegion east = saying(429, "{\"error\":{\"code\":\"429\",\"message\":\"x\"}}", name + ": " + value);
        Caller caller = start(
                SettingsJson.model("gpt-4o", at("eastus", east.endpoint())).retry("\"maxWaitSeconds\":0"), clock);

        Reply reply = caller.chat();
        assertThat(reply.status()).isEqualTo(429);
        assertThat(Long.parseLong(String.valueOf(reply.header("retry-after")))).isBetween(0L, 60L);
        clock.advance(Duration.ofMillis(60_001));
        caller.chat();

        assertThat(east.log()).as("called again after the longest cooldown").hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99, 199, 299, 304, 399, 499, 599, 600, 999})
    void aStatusThatIsNoneIsToldAsOneThatIs(int status) throws Exception {
        WireRegion east = saying(status, "{\"error\":{\"code\":\"x\",\"message\":\"y\"}}");
        Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", east.endpoint())), clock);

        Reply reply = caller.chat();

        assertThat(reply.status()).isBetween(200, 599);
        if (reply.status() >= 400) {
            assertThat(reply.text()).startsWith("{\"error\":{\"code\":");
        }
        assertThat(reply.header("x-router-request-id")).isNotNull();
    }

    /** What a caller's words do to the router's own client is not the region's failure: its breaker stays closed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "q={a|b}",
                "q=<>\"",
                "q=\\^`",
                "q=\u00e9\u00ff",
                "q=%",
                "q=%zz",
                "q=[::1]",
                "?",
                "&&&===",
                "q=/../..//?:@"
            })
    void anOddQueryPassesOrIsRefusedAndHurtsNobody(String query) throws Exception {
        WireRegion east = saying(200, "{}");
        Caller caller = start(SettingsJson.model("gpt-4o", at("eastus", east.endpoint())), clock);

        for (int i = 0; i < 5; i++) {
            try (RawCaller raw = new RawCaller(caller.router())) {
                Reply reply =
                        raw.post(Caller.CHAT + "&" + query, Caller.CHAT_BODY).read();
                if (reply.status() != 200) {
                    reply.isError(400, "invalid_path");
                }
            }
        }

        caller.chat().isOk();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=\u00ff",
                "\u00e9",
                ";;;=",
                "multipart/",
                "text/event-stream",
                "*/*",
                "multipart/form-data\t"
            })
    void anOddContentTypePassesOrIsRefusedAndHurtsNobody(String type) throws Exception {
        Caller caller = start(SettingsJson.model("gpt-4o", at(west)), clock);

        for (int i = 0; i < 5; i++) {
            try (RawCaller raw = new RawCaller(caller.router())) {
                Reply reply = raw.head(
                                "POST " + Caller.V1_CHAT + " HTTP/1.1",
                                "Host: router.test",
                                "Content-Type: " + type,
                                "x-ms-client-request-id: \u00a0\u00ff",
                                "user-agent: \u00e9\t",
                                "Content-Length: " + Caller.V1_CHAT_BODY.length())
                        .bytes(Caller.V1_CHAT_BODY.getBytes(ISO_8859_1))
                        .read();
                assertThat(reply.status()).as("%s", reply).isIn(200, 400, 415);
                assertThat(reply.body()).isNotEmpty();
            }
        }

        caller.chat().isOk();
    }

    @Test
    void aRegionThatIsNamedAtLengthIsNotEchoedAtLength() throws Exception {
        Caller caller = start(
                SettingsJson.model("gpt-4o", at(west))
                        .callers(SettingsJson.caller("a", "key-a", "\"forceRegion\":true")),
                clock);

        for (String region : new String[] {"x".repeat(30_000), "\"},{\"", "westus, eastus", "WESTUS", "../westus"}) {
            Reply reply = caller.with("api-key", "key-a")
                    .with("x-router-region", region)
                    .chat()
                    .isError(400, "unknown_region");
            assertThat(reply.body()).hasSizeLessThan(1_000);
        }
        assertThat(west.log()).isEmpty();
    }
}
