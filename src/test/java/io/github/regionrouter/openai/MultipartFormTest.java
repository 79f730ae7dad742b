package io.github.regionrouter.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R13: of a form only the model's name changes. */
class MultipartFormTest {

    private static final String TYPE = "multipart/form-data; boundary=XX";

    @Test
    void theModelIsFoundBehindTheFileAndAloneReplaced() throws IOException {
        String file = part("file\"; filename=\"a.wav", "RIFF\0\u00ff--XX--XX\r\n-XX\r\n--X\r\n --XX\r\n");
        String before = "preamble\r\n" + file + "--XX\r\ncontent-DISPOSITION: form-data; name=\"model\"\r\n\r\n";
        String after = "\r\n" + part("stream", "true") + "--XX--\r\nepilogue\r\n--XX";
        byte[] body = (before + "whisper" + after).getBytes(ISO_8859_1);
        MultipartForm form = MultipartForm.read(TYPE, body);

        assertThat(form.model()).isEqualTo("whisper");
        assertThat(form.models()).isEqualTo(1);
        assertThat(form.field("stream")).isEqualTo("true");
        assertThat(form.field("purpose")).isNull();
        assertThat(form.withModel(body, "whisper-2é"))
                .isEqualTo(
                        (before + new String("whisper-2é".getBytes(UTF_8), ISO_8859_1) + after).getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data; boundary=XX",
                "Multipart/Form-Data;BOUNDARY=XX",
                "multipart/form-data; charset=utf-8; boundary=\"XX\" ; x=y",
                "multipart/form-data; Boundary= XX ;",
                "multipart/form-data; boundary=\"X\\X\"; odd"
            })
    void theBoundaryIsReadFromTheContentType(String type) throws IOException {
        String boundary = type.contains("\\") ? "X\\X" : "XX";
        assertThat(MultipartForm.read(type, bytes((part("model", "m") + "--XX--").replace("XX", boundary)))
                        .model())
                .isEqualTo("m");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            application/json                                        | content-type: not a form (expected: multipart/form-data)
            ''                                                      | content-type: not a form (expected: multipart/form-data)
            multipart/form-data                                     | content-type: no boundary (expected: multipart/form-data; boundary=…)
            multipart/form-data; boundary=                          | content-type: no boundary (expected: multipart/form-data; boundary=…)
            multipart/form-data; boundary="XX                       | content-type: the quotes of a parameter are left open (expected: multipart/form-data)
            multipart/form-data; boundary=XX; boundary=YY           | content-type: the parameter boundary is given twice (expected: multipart/form-data)
            multipart/form-data; boundary="XX"Y                     | content-type: something follows a quoted parameter (expected: multipart/form-data)
            multipart/form-data; boundary=é                         | content-type: unusable boundary (expected: at most 250 plain characters)
            """, delimiter = '|')
    void aContentTypeWithoutAUsableBoundaryIsRefused(String type, String message) {
        assertThatThrownBy(() -> MultipartForm.read(type, bytes(part("model", "m") + "--XX--")))
                .isInstanceOf(IOException.class)
                .hasMessage(message);
    }

    @Test
    void noContentTypeIsRefused() {
        assertThatThrownBy(() -> MultipartForm.read(null, new byte[0])).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ''                                                       | boundary is not in it
            'hello--XX--'                                            | boundary is not in it
            '--XX~Content-Disposition: form-data; name="model"~~m~'  | closing boundary is missing
            '--XX~Content-Disposition: form-data; name="model"~~m'   | closing boundary is missing
            '--XX'                                                   | goes on
            '--XX-'                                                  | goes on
            '--XX~A: b~~m~--XX-'                                     | goes on
            '--XX~A: b~~m~--XXY~'                                    | goes on
            '--XX~A: b~~m~--XX--Y~'                                  | goes on
            '--XX~A: b~~m\n--XX--'                                   | bare line feed
            '\n--XX--'                                               | bare line feed
            '--XX\nA: b~~m~--XX--'                                   | goes on
            '--XX~--XX--'                                            | headers do not end
            '--XX~A: b~--XX--'                                       | headers do not end
            '--XX~A: b\nC: d~~m~--XX--'                              | headers do not end
            '--XX~A: b\rC: d~~m~--XX--'                              | headers do not end
            '--XX~Content-Disposition: form-data; name="model~~m~--XX--' | left open
            '--XX~Content-Disposition: form-data; name="a"; name="model"~~m~--XX--' | given twice
            '--XX~Content-Disposition: form-data; name="a"~Content-Disposition: form-data; name="model"~~m~--XX--' | two content-dispositions
            '--XX~Content-Disposition: form-data; name*=utf-8''''model~~m~--XX--' | name*
            '--XX~Content-Disposition: form-data; name="model"~Content-Transfer-Encoding: base64~~bQ==~--XX--' | model: encoded
            """, delimiter = '|')
    void aBodyCutShortOrReadableInTwoWaysIsRefused(String body, String why) {
        assertThatThrownBy(() -> MultipartForm.read(TYPE, bytes(body.replace("~", "\r\n"))))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("[a-z-]+: .* \\(expected: .*\\)")
                .hasMessageContaining(why);
    }

    @Test
    void aFormWithoutTheModelOrWithSeveralHasNone() throws IOException {
        MultipartForm none = MultipartForm.read(TYPE, bytes(part("Model", "m") + "--XX--"));
        assertThat(none.model()).isNull();
        assertThat(none.models()).isZero();
        assertThatThrownBy(() -> none.withModel(new byte[0], "x")).hasMessage("models: 0 (expected: 1)");
        assertThat(MultipartForm.read(TYPE, bytes("--XX--")).models()).isZero();

        byte[] body =
                bytes(part("model", "a") + part("model", "b") + part("purpose", "1") + part("purpose", "2") + "--XX--");
        MultipartForm two = MultipartForm.read(TYPE, body);
        assertThat(two.models()).isEqualTo(2);
        assertThat(two.model()).isNull();
        assertThat(two.field("purpose")).isEqualTo("2");
        assertThatThrownBy(() -> two.withModel(body, "x")).hasMessage("models: 2 (expected: 1)");
    }

    @Test
    void anEmptyModelIsAnEmptyName() throws IOException {
        byte[] body = bytes(part("model", "") + "--XX--");
        MultipartForm form = MultipartForm.read(TYPE, body);

        assertThat(form.model()).isEmpty();
        assertThat(form.withModel(body, "m")).isEqualTo(bytes(part("model", "m") + "--XX--"));
    }

    @Test
    void aLongValueIsNoName() throws IOException {
        MultipartForm form = MultipartForm.read(
                TYPE, bytes(part("model", "m".repeat(1025)) + part("stream", "s".repeat(1024)) + "--XX--"));

        assertThat(form.models()).isEqualTo(1);
        assertThat(form.model()).isNull();
        assertThat(form.field("stream")).hasSize(1024);
    }

    @Test
    void headersMayBeFoldedAndLongAndUnknown() throws IOException {
        String body = "--XX \t\r\nX-Long: " + "x".repeat(20_000) + "\r\nno colon\r\nContent-Transfer-Encoding: 8bit\r\n"
                + "Content-Disposition: form-data;\r\n\tfilename=\"C:\\a\\\"; name=\\\"b\\\".wav\";\r\n name=model\r\n\r\nm\r\n--XX--  \r\n";

        assertThat(MultipartForm.read(TYPE, bytes(body)).model()).isEqualTo("m");
    }

    @Test
    void endlessHeadersAndPartsAreRefused() {
        assertThatThrownBy(() ->
                        MultipartForm.read(TYPE, bytes("--XX\r\n" + "A: b\r\n".repeat(20_000) + "\r\nm\r\n--XX--")))
                .hasMessage("body: a part's headers are too large (expected: at most 65536 bytes)");
        assertThatThrownBy(() -> MultipartForm.read(TYPE, bytes("--XX\r\n\r\n\r\n".repeat(1001) + "--XX--")))
                .hasMessage("body: too many parts (expected: at most 1000)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-\n", "\n", "\r\n", "-", "\r\n-------\r\n-----X", "\r\n--------------------------X"})
    void aFileOfDashesAndLineEndsIsPassedOverInLinearTime(String pattern) {
        String boundary = "-".repeat(60) + "b";
        String file = pattern.repeat((20 << 20) / pattern.length());
        byte[] body = bytes((part("file", file) + part("model", "m") + "--XX--").replace("XX", boundary));

        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(MultipartForm.read("multipart/form-data; boundary=" + boundary, body)
                                .model())
                        .isEqualTo("m"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomFormsAreReadAsTheyWereWritten(long seed) throws IOException {
        Random random = new Random(seed);
        String[] words = {
            "\r", "\n", "\r\n", "-", "--", "--X", "X", "XX", "--XX", "\r\n--X", "\0", "\u00ff", "a", ": ", "\r\n\r\n"
        };
        for (int round = 0; round < 2000; round++) {
            List<String> names = new ArrayList<>();
            List<String> values = new ArrayList<>();
            StringBuilder body = new StringBuilder(random.nextBoolean() ? "" : "pre--XX\r\n");
            for (int parts = 1 + random.nextInt(4); parts > 0; parts--) {
                String value = value(random, words);
                names.add(new String[] {"model", "file", "stream"}[random.nextInt(3)]);
                values.add(value);
                body.append(part(names.get(names.size() - 1), value));
            }
            body.append("--XX--").append(random.nextBoolean() ? "" : "\r\nepilogue");
            byte[] bytes = body.toString().getBytes(ISO_8859_1);
            MultipartForm form = MultipartForm.read(TYPE, bytes);

            int models = (int) names.stream().filter("model"::equals).count();
            assertThat(form.models()).isEqualTo(models);
            int stream = names.lastIndexOf("stream");
            assertThat(form.field("stream"))
                    .isEqualTo(stream < 0 ? null : new String(values.get(stream).getBytes(ISO_8859_1), UTF_8));
            if (models == 1) {
                String before = body.substring(0, body.indexOf("name=\"model\"\r\n\r\n") + 16);
                String old = values.get(names.indexOf("model"));
                assertThat(new String(form.withModel(bytes, "other"), ISO_8859_1))
                        .isEqualTo(before + "other" + body.substring(before.length() + old.length()));
            }
        }
    }

    @Test
    void nothingThatComesMakesItFailOtherwise() {
        Random random = new Random(5);
        String[] words = {
            "--XX",
            "--XX\r\n",
            "\r\n--XX\r\n",
            "\r\n--XX--",
            "\r\n",
            "\n",
            "\r",
            "Content-Disposition:",
            " form-data",
            ";",
            "name=",
            "\"model\"",
            "\"",
            "\\",
            "=",
            "a",
            ":"
        };
        for (int round = 0; round < 20_000; round++) {
            StringBuilder body = new StringBuilder();
            for (int i = random.nextInt(25); i > 0; i--) {
                body.append(words[random.nextInt(words.length)]);
            }
            byte[] bytes = bytes(body.toString());
            try {
                MultipartForm form = MultipartForm.read(TYPE, bytes);
                if (form.model() != null) {
                    assertThat(form.withModel(bytes, form.model())).isEqualTo(bytes);
                }
            } catch (IOException refused) {
                assertThat(refused).hasMessageContaining("(expected: ");
            }
        }
    }

    /** Anything in which no line begins with the boundary. */
    private static String value(Random random, String[] words) {
        while (true) {
            StringBuilder value = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                value.append(words[random.nextInt(words.length)]);
            }
            if (Arrays.stream(value.toString().split("\n", -1)).noneMatch(line -> line.startsWith("--XX"))) {
                return value.toString();
            }
        }
    }

    private static String part(String name, String value) {
        return "--XX\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
