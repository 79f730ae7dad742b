package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms that strain a reader, or that two readers could take for different ones. */
abstract class BadFormsContract extends RouterContract {

    private static final String AUDIO = "/openai/v1/audio/transcriptions";
    private static final String DATED_AUDIO = "/openai/deployments/gpt-4o/audio/transcriptions?api-version=2024-10-21";
    private static final String PLAIN = "multipart/form-data; boundary=b";
    private static final String END = "--b--\r\n";

    private final HandClock clock = new HandClock();
    private final SimulatedRegion east = region("eastus");
    private final SettingsJson renamed = SettingsJson.model("gpt-4o", at(east).deployment("gpt-4o-prod"));

    BadFormsContract(HostUnderTest host) {
        super(host);
    }

    private static String part(String name, String value) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String file(String bytes) {
        return "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp3\"\r\n"
                + "Content-Type: audio/mpeg\r\n\r\n" + bytes + "\r\n";
    }

    private static Arguments form(String name, String type, String body, String code) {
        return Arguments.of(Named.of(name, type), Named.of("body", body), code);
    }

    static Stream<Arguments> unusable() {
        String model = part("model", "gpt-4o");
        String long10K = "b".repeat(10_000);
        return Stream.of(
                form("no model", PLAIN, file("x") + END, "model_missing"),
                form("two models", PLAIN, model + model + file("x") + END, "model_missing"),
                form(
                        "two models around the file",
                        PLAIN,
                        model + file("x") + part("model", "o3") + END,
                        "model_missing"),
                form("an empty model", PLAIN, part("model", "") + file("x") + END, "model_missing"),
                form("a model of 1 MB", PLAIN, part("model", "m".repeat(1_000_000)) + END, "model_missing"),
                form("no boundary", "multipart/form-data", model + END, "invalid_form"),
                form("an empty boundary", "multipart/form-data; boundary=", model + END, "invalid_form"),
                form("two boundaries", "multipart/form-data; boundary=b; boundary=c", model + END, "invalid_form"),
                form("a boundary of 10 KB", PLAIN + long10K, "--b" + long10K + END, "invalid_form"),
                form("another boundary than the body's", PLAIN + "c", model + END, "invalid_form"),
                form("10,000 parts", PLAIN, part("x", "y").repeat(10_000) + model + END, "invalid_form"),
                form(
                        "part headers of 100 KB",
                        PLAIN,
                        model.replace("\r\n\r\n", "\r\nX: " + "y".repeat(100_000) + "\r\n\r\n") + END,
                        "invalid_form"),
                form(
                        "cut in a part",
                        PLAIN,
                        model + "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nabc",
                        "invalid_form"),
                form("cut in part headers", PLAIN, model + "--b\r\nContent-Dis", "invalid_form"),
                form("cut before its end", PLAIN, model, "invalid_form"),
                form("line feeds alone", PLAIN, (model + END).replace("\r", ""), "invalid_form"),
                form("no form at all", PLAIN, "{\"model\":\"gpt-4o\"}", "invalid_form"),
                form("dashes alone", PLAIN, "--\r\n".repeat(200_000), "invalid_form"),
                form("a quote that does not end", PLAIN, model.replace("model\"", "model") + END, "invalid_form"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void anUnusableFormIsRefusedWhereTheModelStandsInIt(String type, String body, String code) throws Exception {
        Caller caller = start(renamed, clock);

        Reply reply =
                caller.sending(type).post(AUDIO, body.getBytes(ISO_8859_1)).isError(400, code);

        assertThat(reply.body()).hasSizeLessThan(1_000);
        assertThat(east.log()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void whereThePathNamesTheModelTheRegionJudges(String type, String body, String code) throws Exception {
        Caller caller = start(renamed, clock);
        east.faults().add(Fault.status(200, Map.of("content-type", "application/json"), "{}"));

        caller.sending(type).post(DATED_AUDIO, body.getBytes(ISO_8859_1)).isOk();

        assertThat(east.log().get(0).body()).isEqualTo(body.getBytes(ISO_8859_1));
        assertThat(east.log().get(0).header("content-type")).isEqualTo(type);
    }

    @Test
    void aModelBehindTheFileIsFound() throws Exception {
        Caller caller = start(renamed, clock);
        String file = file("x--b \u0000\u00ff\r\n--\r\n-b--b".repeat(10_000));

        caller.sending(PLAIN)
                .post(AUDIO, (file + part("model", "gpt-4o") + END).getBytes(ISO_8859_1))
                .isOk();

        assertThat(east.log().get(0).body())
                .isEqualTo((file + part("model", "gpt-4o-prod") + END).getBytes(ISO_8859_1));
    }

    /** Two readers, two models: what the router judged must be what the region reads. */
    @Test
    void twoContentTypesAreNotTwoForms() throws Exception {
        Caller caller = start(renamed.and("o3", at(east)), clock);
        String body = part("model", "gpt-4o")
                + part("x", "\r\n--c\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\no3\r\n--c--\r\n")
                + END;

        Reply reply = caller.sending(PLAIN)
                .with("Content-Type", "multipart/form-data; boundary=c")
                .post(AUDIO, body.getBytes(ISO_8859_1));

        if (east.log().isEmpty()) {
            assertThat(reply.status()).as("%s", reply).isEqualTo(400);
            assertThat(reply.text()).startsWith("{\"error\":{\"code\":\"invalid_");
        } else {
            assertThat(east.log().get(0).headers().get("content-type")).hasSize(1);
        }
    }

    /** Design §3, R13: a form is bytes, on whichever path; a worker that has it as text alone must say so. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openai/v1/uploads/upload_1/parts",
                "/openai/v1/containers/cntr_1/files",
                "/openai/v1/videos",
                "/openai/v1/images/variations",
                "/openai/v1/audio/transcriptions/",
                "/openai/v1//audio/transcriptions",
                "/openai/deployments/gpt-4o/audio//transcriptions"
            })
    void bytesOfAFormAreNeverLost(String path) throws Exception {
        Caller caller = start(renamed, clock);
        east.faults().add(Fault.status(200, Map.of("content-type", "application/json"), "{}"));
        byte[] body = (part("model", "gpt-4o") + file("\u00ff\u00fe\u0080") + END).getBytes(ISO_8859_1);

        Reply reply = caller.sending(PLAIN).post(path, body);

        if (reply.status() == 200) {
            assertThat(new String(east.log().get(0).body(), ISO_8859_1)).contains("\u00ff\u00fe\u0080");
        } else {
            assertThat(reply.text()).startsWith("{\"error\":{\"code\":");
            assertThat(east.log()).isEmpty();
        }
    }
}
