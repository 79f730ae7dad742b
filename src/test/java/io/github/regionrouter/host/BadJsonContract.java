package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON that strains a reader: refused in words where the model stands in it, the region's to judge where it does not (R9, R13). */
abstract class BadJsonContract extends RouterContract {

    private static final String ASK = "\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"one\"}]";
    private static final String DEEP_ARRAY = "[".repeat(10_000) + "]".repeat(10_000);
    private static final String DEEP_OBJECT = "{\"a\":".repeat(10_000) + "0" + "}".repeat(10_000);

    private final HandClock clock = new HandClock();
    private final SimulatedRegion east = region("eastus");
    private final SettingsJson renamed = SettingsJson.model("gpt-4o", at(east).deployment("gpt-4o-prod"));

    BadJsonContract(HostUnderTest host) {
        super(host);
    }

    private static Arguments named(String name, Object value) {
        return Arguments.of(Named.of(name, value));
    }

    static Stream<Arguments> tooDeep() {
        return Stream.of(
                named("array after the model", "{" + ASK + ",\"x\":" + DEEP_ARRAY + "}"),
                named("array before the model", "{\"x\":" + DEEP_ARRAY + "," + ASK + "}"),
                named("object after the model", "{" + ASK + ",\"x\":" + DEEP_OBJECT + "}"),
                named("object before the model", "{\"x\":" + DEEP_OBJECT + "," + ASK + "}"),
                named("as the model", "{\"model\":" + DEEP_ARRAY + "}"),
                named("as the tools", "{" + ASK + ",\"tools\":" + DEEP_OBJECT + "}"),
                named("the whole", DEEP_ARRAY));
    }

    @ParameterizedTest
    @MethodSource("tooDeep")
    void jsonThatIsTooDeepIsRefusedWhereTheModelStandsInIt(String body) throws Exception {
        Caller caller = start(renamed, clock);

        assertThat(caller.post(Caller.V1_CHAT, body)
                        .isError(400, "invalid_json")
                        .message())
                .contains("nested too deeply");

        assertThat(east.log()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource({"tooDeep", "odd"})
    void whereThePathNamesTheModelTheRegionJudges(String body) throws Exception {
        Caller caller = start(renamed, clock);

        Reply reply = caller.post(Caller.CHAT, body);

        assertThat(reply.attempts()).startsWith("eastus;");
        assertThat(east.log()).hasSize(1);
        assertThat(east.log().get(0).bodyText()).isEqualTo(body);
    }

    static Stream<Arguments> odd() {
        return Stream.of(
                named("lone surrogates", "{" + ASK + ",\"user\":\"\\ud800 \\udc00\"}"),
                named("a string of 15 MB", "{" + ASK + ",\"x\":\"" + "y".repeat(15_000_000) + "\"}"),
                named("a million members", "{" + ASK + members(1_000_000, i -> ",\"m" + i + "\":0") + "}"),
                named("a million values", "{" + ASK + ",\"x\":[0" + ",0".repeat(1_000_000) + "]}"),
                named("the same member a thousand times", "{" + ASK + ",\"x\":1".repeat(1_000) + "}"),
                named("NUL, escaped", "{" + ASK + ",\"user\":\"\\u0000\"}"),
                named("every white space", " \t\r\n{ \n" + ASK + "\r }\t "));
    }

    private static String members(int count, java.util.function.IntFunction<String> member) {
        return IntStream.range(0, count).mapToObj(member).collect(Collectors.joining());
    }

    /** RFC 8259 allows all of these, so the router has no reason to refuse them. */
    @ParameterizedTest
    @MethodSource("odd")
    void oddJsonPassesWithTheModelInTheRegionsWords(String body) throws Exception {
        Caller caller = start(renamed, clock);

        caller.post(Caller.V1_CHAT, body).isOk();

        assertThat(east.log().get(0).bodyText()).isEqualTo(body.replace("\"gpt-4o\"", "\"gpt-4o-prod\""));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 100_000})
    void aNumberOfManyDigitsPassesOrIsRefusedInWords(int digits) throws Exception {
        Caller caller = start(renamed, clock);

        for (String number : new String[] {"1".repeat(digits), "0." + "1".repeat(digits), "1e" + "9".repeat(digits)}) {
            Reply reply = caller.post(Caller.V1_CHAT, "{" + ASK + ",\"seed\":" + number + "}");
            if (reply.status() != 200) {
                assertThat(reply.isError(400, "invalid_json").message()).contains("number");
            }
        }
    }

    @Test
    void aLongMemberNamePassesOrIsRefusedInTrueWords() throws Exception {
        Caller caller = start(renamed, clock);

        Reply reply = caller.post(Caller.V1_CHAT, "{" + ASK + ",\"" + "n".repeat(60_000) + "\":1}");

        if (reply.status() != 200) {
            assertThat(reply.isError(400, "invalid_json").message())
                    .contains("name")
                    .hasSizeLessThan(500);
        }
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                named("trailing brace", "{" + ASK + "}}"),
                named("trailing word", "{" + ASK + "} x"),
                named("trailing NUL", "{" + ASK + "}\0"),
                named("two values", "{" + ASK + "}{" + ASK + "}"),
                named("NaN", "{" + ASK + ",\"x\":NaN}"),
                named("Infinity", "{" + ASK + ",\"x\":-Infinity}"),
                named("a comment", "{" + ASK + "/* */}"),
                named("a leading zero", "{" + ASK + ",\"x\":01}"),
                named("a raw control character", "{" + ASK + ",\"x\":\"\u0001\"}"),
                named("half an escape", "{" + ASK + ",\"x\":\"\\u12\"}"),
                named("half a member", "{" + ASK + ",\"x\""),
                named("two byte order marks", "\ufeff\ufeff{" + ASK + "}"),
                named("a million braces", "{".repeat(1_000_000)),
                named("a million brackets", "[".repeat(1_000_000)));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void brokenJsonIsRefusedWithoutAWordOfIt(String body) throws Exception {
        Caller caller = start(renamed, clock);

        Reply reply = caller.post(Caller.V1_CHAT, body).isError(400, "invalid_json");

        assertThat(reply.body()).hasSizeLessThan(500);
        assertThat(reply.text()).doesNotContain("jackson", "Exception", "messages");
        assertThat(east.log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "null",
                "{}",
                "{\"model\":\"gpt-4o\"}",
                "[]",
                "[\"gpt-4o\"]",
                "true",
                "1e999",
                "\"gpt-4o\",\"model\":\"gpt-4o\""
            })
    void aModelThatIsNoNameIsRefused(String model) throws Exception {
        Caller caller = start(renamed, clock);

        caller.post(Caller.V1_CHAT, "{\"model\":" + model + "}").isError(400, "model_missing");
        caller.post("/openai/v1/responses", "{\"input\":\"x\",\"model\":" + model + "}")
                .isError(400, "model_missing");
        caller.post("/models/embeddings", "{\"model\":" + model + "}").isError(400, "model_missing");
        caller.post("/anthropic/v1/messages", "{\"model\":" + model + "}").isError(400, "model_missing");

        assertThat(east.log()).isEmpty();
    }

    /** An answer that names the model has to be JSON itself, whatever was asked for. */
    @ParameterizedTest
    @MethodSource
    void aModelThatCannotBeWrittenIsNotFoundAllTheSame(String model) throws Exception {
        Caller caller = start(renamed, clock);

        Reply reply =
                caller.post(Caller.V1_CHAT, "{\"model\":\"" + model + "\"}").isError(404, "DeploymentNotFound");

        assertThat(reply.body()).hasSizeLessThan(1_000);
    }

    static Stream<Arguments> aModelThatCannotBeWrittenIsNotFoundAllTheSame() {
        return Stream.of(
                named("a lone high surrogate", "\\ud83d"),
                named("a lone low surrogate", "\\ude80"),
                named("surrogates the wrong way round", "\\ude80\\ud83d"),
                named("a pair across the hundredth character", "x".repeat(99) + "\\ud83d\\ude80" + "x"),
                named("line ends", "gpt-4o\\r\\nx-injected: 1"),
                named("control characters", "\\u0000\\u001b[2J\\u2028"),
                named("15 MB", "x".repeat(15_000_000)));
    }

    @Test
    void aNameInThePathMayBeCutAnywhere() throws Exception {
        Caller caller = start(renamed, clock);
        String name = "x".repeat(99) + "%F0%9F%9A%80x";

        caller.post("/openai/deployments/" + name + "/chat/completions", Caller.CHAT_BODY)
                .isError(404, "DeploymentNotFound");
    }

    @Test
    void invalidUtf8IsRefusedOrPasses() throws Exception {
        Caller caller = start(renamed, clock);
        for (String bad : new String[] {
            "\u00ff", "\u00c3(", "\u00ed\u00a0\u0080", "\u00f8\u0088\u0080\u0080\u0080", "\u00e2\u0082"
        }) {
            byte[] body = ("{" + ASK + ",\"user\":\"" + bad + "\"}").getBytes(ISO_8859_1);

            Reply v1 = caller.post(Caller.V1_CHAT, body);
            if (v1.status() != 200) {
                v1.isError(400, "invalid_json");
            }
            assertThat(caller.post(Caller.CHAT, body).attempts()).as(bad).startsWith("eastus;");
        }
    }

    @Test
    void aByteOrderMarkShiftsNothing() throws Exception {
        Caller caller = start(renamed, clock);

        Reply reply = caller.post(Caller.V1_CHAT, "\ufeff{" + ASK + "}");

        if (reply.status() == 400) {
            reply.isError(400, "invalid_json");
        } else {
            assertThat(east.log().get(0).bodyText())
                    .isEqualTo("\ufeff{" + ASK.replace("\"gpt-4o\"", "\"gpt-4o-prod\"") + "}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
    void aWideBodyIsTheRegionsToJudgeWhereThePathNamesTheModel(String charset) throws Exception {
        Caller caller = start(renamed, clock);
        byte[] body = ("{" + ASK + "}").getBytes(charset);

        caller.post(Caller.V1_CHAT, body).isError(400, "invalid_json");
        Reply dated = caller.post(Caller.CHAT, body);

        assertThat(dated.attempts()).startsWith("eastus;");
        assertThat(dated.body()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "0", "1.5", "99999999999999999999", "1e3", "soon", "0x10", "NaN"})
    void aTimeoutOfTheRoutersThatIsNoNumberIsRefused(String value) throws Exception {
        Caller caller = start(renamed, clock);

        caller.with("x-router-timeout-ms", value).chat().isError(400, "invalid_header");
        caller.with("x-stainless-timeout", value).chat().isOk();
        caller.with("x-stainless-read-timeout", value)
                .with("x-stainless-retry-count", value)
                .chat()
                .isOk();
    }
}
