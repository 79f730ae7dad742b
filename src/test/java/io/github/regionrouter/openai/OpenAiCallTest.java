package io.github.regionrouter.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Design §6: what is asked of whom, and what the router does not serve. */
class OpenAiCallTest {

    private static final String V1_CHAT = "/openai/v1/chat/completions";
    private static final String DATED_CHAT = "/openai/deployments/gpt-4o/chat/completions";

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "/openai/deployments/gpt-4o/chat/completions, gpt-4o",
        "//openai/deployments/gpt-4o/chat/completions, gpt-4o",
        "/openai/deployments/gpt%2D4o/chat/completions, gpt-4o",
        "/openai/deployments/gpt%2d4o%3Alatest/chat/completions, gpt-4o:latest",
        "/openai/deployments/a+b/embeddings, a+b",
        "/openai/deployments/m%C3%BCnchen/embeddings, münchen",
        "/openai/deployments/openai/audio/speech, openai",
    })
    void theModelStandsInThePath(String path, String model) {
        assertThat(read(path, "{}").model()).isEqualTo(model);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":\"gpt-4o\"}|gpt-4o",
                "{\"messages\":[{\"model\":\"no\"}],\"model\":\"gpt-4o\",\"x\":{\"model\":\"no\"}}|gpt-4o",
                "  { \"model\"  :  \"gpt-4o\"  }  |gpt-4o",
                "{\"model\":\"gpt\\u002d4o\"}|gpt-4o",
                "{\"\\u006dodel\":\"gpt-4o\"}|gpt-4o",
                "{\"tools\":[{\"model\":\"no\",\"type\":\"function\"}],\"model\":\"gpt-4o\"}|gpt-4o",
                "{\"tools\":{\"model\":\"no\"},\"model\":\"gpt-4o\"}|gpt-4o",
                "{\"tools\":[[{\"model\":\"no\"}],1,null],\"model\":\"gpt-4o\"}|gpt-4o",
                "{\"Model\":\"no\",\"model\":\"gpt-4o\"}|gpt-4o",
            })
    void theModelStandsInTheBody(String body, String model) {
        assertThat(read(V1_CHAT, body).model()).isEqualTo(model);
    }

    @ParameterizedTest
    @CsvSource({
        "/openai/deployments/gpt-4o/chat/completions, /openai/deployments/other/chat/completions",
        "/openai/deployments/gpt%2D4o/audio/speech, /openai/deployments/other/audio/speech",
        "/openai/deployments/deployments/embeddings, /openai/deployments/other/embeddings",
        "/openai/deployments/x/a%20b/c, /openai/deployments/other/a%20b/c",
    })
    void thePathTakesTheDeploymentsName(String sent, String other) {
        assertThat(read(sent, "{}").pathFor("other")).isEqualTo(other);
    }

    @Test
    void aPathWithoutTheModelStaysAsItIs() {
        assertThat(read(V1_CHAT, "{\"model\":\"gpt-4o\"}").pathFor("other")).isEqualTo(V1_CHAT);
    }

    @Test
    @DisplayName("R13: where the path names the model, the body passes byte for byte")
    void aBodyIsNotRewrittenWhereThePathNamesTheModel() {
        byte[] body = "{\"model\":\"gpt-4o\", \"messages\": []}".getBytes(UTF_8);

        assertThat(read(DATED_CHAT, body).bodyFor("other")).isSameAs(body);
    }

    @Test
    @DisplayName("R13: a body that need not change passes byte for byte")
    void aBodyIsNotRewrittenWhereTheDeploymentIsCalledLikeTheModel() {
        byte[] body = "{\"model\":\"gpt\\u002d4o\"}".getBytes(UTF_8);

        assertThat(read(V1_CHAT, body).bodyFor("gpt-4o")).isSameAs(body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"a\",\"model\":\"b\"}",
                "{\"model\":\"a\",\"model\":\"a\"}",
                "{\"model\":\"a\",\"\\u006dodel\":\"b\"}",
                "{\"model\":\"a\",\"model\":null}",
                "{\"model\":1,\"model\":\"b\"}"
            })
    @DisplayName("§5.1: two `model` members in one body: 400")
    void twoModelsAreRefused(String body) {
        assertThat(refused(V1_CHAT, body).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"model\":null}",
                "{\"model\":7}",
                "{\"model\":\"\"}",
                "{\"model\":[\"gpt-4o\"]}",
                "{\"model\":{\"model\":\"gpt-4o\"}}",
                "{\"x\":{\"model\":\"gpt-4o\"}}",
                "[{\"model\":\"gpt-4o\"}]",
                "\"gpt-4o\"",
                "null",
                "   "
            })
    void aBodyWithoutAModelIsRefusedWhereItShouldNameOne(String body) {
        OpenAiError error = refused(V1_CHAT, body);

        assertThat(error.status()).isEqualTo(400);
        assertThat(error.message()).contains("model");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"model\":\"gpt-4o\"",
                "{\"model\":\"gpt-4o\"}}",
                "{\"model\":\"gpt-4o\"} trailing",
                "{\"model\":\"gpt-4o\"}{\"model\":\"gpt-4o\"}",
                "{'model':'gpt-4o'}",
                "{\"model\":\"gpt-4o\",}",
                "{model:\"gpt-4o\"}",
                "{\"model\":\"gpt-4o\", /* no */ \"x\":1}",
                "{\"model\":\"gpt-4o\",\"x\":NaN}",
                "{\"model\":\"gpt-4o\",\"x\":tru}",
                "{\"model\":\"gpt-4o\",\"x\":\"\n\"}",
                "{\"model\":\"gpt-4o\",\"tools\":[{\"type\":]}",
                "model=gpt-4o",
                "--boundary\r\ncontent-disposition: form-data; name=\"model\"\r\n\r\ngpt-4o"
            })
    void whatIsNotJsonIsRefusedOnlyWhereTheModelStandsInIt(String body) {
        assertThat(refused(V1_CHAT, body).status()).isEqualTo(400);

        OpenAiCall dated = read(DATED_CHAT, body);
        assertThat(dated.model()).isEqualTo("gpt-4o");
        assertThat(dated.bodyFor("other")).isEqualTo(body.getBytes(UTF_8));
    }

    @Test
    void aBodyNestedTenThousandDeepDoesNoHarm() {
        String nested = "[".repeat(10_000) + "]".repeat(10_000);
        String body = "{\"model\":\"gpt-4o\",\"x\":" + nested + "}";

        assertThat(read(DATED_CHAT, body).bodyFor("other")).isEqualTo(body.getBytes(UTF_8));
        assertThat(refused(V1_CHAT, body).status()).isEqualTo(400);
        assertThat(refused(V1_CHAT, "[".repeat(1_000_000)).status()).isEqualTo(400);
    }

    @Test
    void aBodyThatIsNotUtf8IsRefusedOnlyWhereTheModelStandsInIt() {
        byte[][] bodies = {
            {'{', '"', 'm', 'o', 'd', 'e', 'l', '"', ':', '"', (byte) 0xff, '"', '}'},
            {'{', '"', 'm', 'o', 'd', 'e', 'l', '"', ':', '"', (byte) 0xc3, '(', '"', '}'},
            {'{', '"', 'x', '"', ':', '"', (byte) 0xe2, (byte) 0x82, '"', '}'},
            {(byte) 0x80}
        };
        for (byte[] body : bodies) {
            assertThat(refused("POST", V1_CHAT, body).status()).isEqualTo(400);
            assertThat(read(DATED_CHAT, body).bodyFor("other")).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE"})
    void aBodyInAnotherEncodingThanUtf8IsRefusedOnlyWhereTheModelStandsInIt(String charset) {
        byte[] body = "{\"model\":\"gpt-4o\",\"messages\":[]}".getBytes(Charset.forName(charset));

        assertThat(refused("POST", V1_CHAT, body).status()).isEqualTo(400);
        assertThat(read(DATED_CHAT, body).bodyFor("other")).isEqualTo(body);
    }

    @Test
    void aByteOrderMarkDoesNotMoveTheModel() {
        String body = "\ufeff{\"model\":\"gpt-4o\",\"x\":1}";

        assertThat(new String(read(V1_CHAT, body).bodyFor("other"), UTF_8))
                .isEqualTo("\ufeff{\"model\":\"other\",\"x\":1}");
    }

    @Test
    void aNumberLongerThanAnybodysDoesNoHarm() {
        String body = "{\"model\":\"gpt-4o\",\"x\":" + "1".repeat(5_000) + "}";

        assertThat(read(DATED_CHAT, body).bodyFor("other")).isEqualTo(body.getBytes(UTF_8));
        assertThat(refused(V1_CHAT, body).status()).isEqualTo(400);
    }

    @Test
    void aLongPromptIsNoObstacle() {
        String body = "{\"messages\":[{\"content\":\"" + "ä".repeat(5_000_000) + "\"}],\"model\":\"gpt-4o\"}";

        assertThat(new String(read(V1_CHAT, body).bodyFor("other"), UTF_8)).endsWith("\"model\":\"other\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {V1_CHAT, DATED_CHAT})
    @DisplayName("§5.1: a POST without a body: 411 with a message that says so")
    void anEmptyBodyIsRefused(String path) {
        OpenAiError error = refused("POST", path, new byte[0]);

        assertThat(error.status()).isEqualTo(411);
        assertThat(error.message()).contains("body").contains("chunked");
    }

    @ParameterizedTest
    @CsvSource({"GET, " + V1_CHAT, "PUT, " + V1_CHAT, "DELETE, " + DATED_CHAT, "OPTIONS, " + DATED_CHAT})
    void anotherMethodIsRefused(String method, String path) {
        OpenAiError error = refused(method, path, "{\"model\":\"gpt-4o\"}".getBytes(UTF_8));

        assertThat(error.status()).isEqualTo(405);
        assertThat(error.headers()).containsEntry("allow", "POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/chat/completions", "/embeddings", "/audio/speech"})
    @DisplayName("Design §6: a bare path gets a 404 which says how to set the client")
    void aPathWithoutPrefixGetsAHint(String path) {
        OpenAiError error = refused(path, "{\"model\":\"gpt-4o\"}");

        assertThat(error.status()).isEqualTo(404);
        assertThat(error.message()).contains("/openai/v1").contains("LEGACY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/openai",
                "/openai/",
                "/openai/v1",
                "/openai/v1/",
                "/openai/deployments/gpt-4o",
                "/openai/deployments/gpt-4o/",
                "/openai/deployments//chat/completions",
                "/openai/v2/chat/completions",
                "/OPENAI/v1/chat/completions",
                "/prefix/openai/v1/chat/completions",
                "/favicon.ico"
            })
    void anUnknownPathIsNotFound(String path) {
        OpenAiError error = refused(path, "{\"model\":\"gpt-4o\"}");

        assertThat(error.status()).isEqualTo(404);
        assertThat(error.message()).contains("/openai/v1").contains("/openai/deployments");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":\"m\",\"stream\":true}|true",
                "{\"model\":\"m\", \"stream\" : true }|true",
                "{\"stream\":true,\"model\":\"m\"}|true",
                "{\"model\":\"m\",\"stream\":false}|false",
                "{\"model\":\"m\"}|false",
                "{\"model\":\"m\",\"stream\":\"true\"}|false",
                "{\"model\":\"m\",\"stream\":1}|false",
                "{\"model\":\"m\",\"stream\":null}|false",
                "{\"model\":\"m\",\"x\":{\"stream\":true}}|false",
                "{\"model\":\"m\",\"stream_options\":{\"stream\":true}}|false",
                "{\"model\":\"m\",\"tools\":[{\"stream\":true}]}|false",
            })
    @DisplayName("wire.md §3: a stream is asked for by the body alone")
    void streamIsReadFromTheBody(String body, boolean stream) {
        assertThat(read(V1_CHAT, body).stream()).isEqualTo(stream);
        assertThat(read(DATED_CHAT, body).stream()).isEqualTo(stream);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/chat/completions||true",
                "/chat/completions|,\"stream\":true|true",
                "/completions||true",
                "/embeddings||true",
                "/images/generations||true",
                "/images/edits||true",
                "/audio/speech||true",
                "/audio/transcriptions||true",
                "/audio/translations||true",
                "/responses||false",
                "/responses|,\"store\":true|false",
                "/responses|,\"store\":false|true",
                "/responses|,\"store\":\"false\"|false",
                "/responses|,\"store\":0|false",
                "/responses|,\"store\":null|false",
                "/responses|,\"x\":{\"store\":false}|false",
                "/responses|,\"store\":false,\"background\":true|false",
                "/responses|,\"store\":false,\"background\":false|true",
                "/responses|,\"store\":false,\"tools\":[]|true",
                "/responses|,\"store\":false,\"tools\":[{\"type\":\"function\",\"name\":\"mcp\"}]|true",
                "/responses|,\"store\":false,\"tools\":[{\"type\":\"mcp\",\"server_url\":\"x\"}]|false",
                "/responses|,\"store\":false,\"tools\":[{\"server\":{\"type\":\"x\"},\"type\":\"mcp\"}]|false",
                "/responses|,\"store\":false,\"tools\":[{\"type\":\"code_interpreter\"}]|false",
                "/responses|,\"store\":false,\"tools\":[{\"type\":\"image_generation\"}]|false",
                "/responses|,\"store\":false,\"tools\":[{\"type\":\"function\"},{\"type\":\"mcp\"}]|false",
                "/responses|,\"store\":false,\"tools\":[{\"parameters\":{\"type\":\"mcp\"}}]|true",
                "/files||false",
                "/uploads||false",
                "/batches||false",
                "/vector_stores||false",
                "/assistants||false",
                "/fine_tuning/jobs||false",
                "/videos||false",
            })
    @DisplayName("§5.1: what may go out again although it may have been carried out")
    void whatIsSafeToSendTwice(String operation, String members, boolean repeatable) {
        String body = "{\"model\":\"m\"" + (members == null ? "" : members) + "}";

        assertThat(read("/openai/v1" + operation, body).repeatable()).isEqualTo(repeatable);
    }

    @Test
    void whatIsSafeToSendTwiceDoesNotDependOnWhereTheModelStands() {
        assertThat(read(DATED_CHAT, "{}").repeatable()).isTrue();
        assertThat(read(DATED_CHAT, "not JSON").repeatable()).isTrue();
        assertThat(read("/openai/deployments/gpt-4o/batches", "{}").repeatable())
                .isFalse();
    }

    @Test
    void aRefusalNamesNeitherPromptNorKey() {
        String body = "{\"model\":\"gpt-4o\",\"messages\":[{\"content\":\"my secret prompt\"}], oops";

        assertThat(new String(refused(V1_CHAT, body).body(), UTF_8)).doesNotContain("secret");
    }

    private static OpenAiCall read(String path, String body) {
        return read(path, body.getBytes(UTF_8));
    }

    private static OpenAiCall read(String path, byte[] body) {
        return OpenAiCall.read("POST", RequestTarget.of(path, ""), name -> null, body);
    }

    private static OpenAiError refused(String path, String body) {
        return refused("POST", path, body.getBytes(UTF_8));
    }

    private static OpenAiError refused(String method, String path, byte[] body) {
        RefusedCall refused = catchThrowableOfType(
                RefusedCall.class, () -> OpenAiCall.read(method, RequestTarget.of(path, ""), name -> null, body));
        assertThat(refused).as("refusal of " + method + " " + path).isNotNull();
        return refused.error();
    }
}
