package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static io.github.regionrouter.testing.SettingsJson.caller;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Design §5.1, R12: state belongs to its caller; what is another's is not found, however the id is written. */
abstract class BadIdsContract extends RouterContract {

    private static final String JSON = "application/json";
    private static final String RESPONSES = "/openai/v1/responses";
    private static final String ASK = "{\"model\":\"gpt-4o\",\"input\":\"one\"";

    private final HandClock clock = new HandClock();
    private final SimulatedRegion east = region("eastus");
    private final SettingsJson settings =
            SettingsJson.model("gpt-4o", at(east)).callers(caller("a", "key-a"), caller("b", "key-b"));

    BadIdsContract(HostUnderTest host) {
        super(host);
    }

    private static Reply get(Caller caller, String target) throws Exception {
        return caller.send("GET", target, BodyPublishers.noBody());
    }

    private void answering(String body) {
        east.faults().add(Fault.status(200, Map.of("content-type", JSON), body).times(1));
    }

    /** The caller a has a response and a file; b stands beside. */
    private Caller[] twoCallers() throws Exception {
        Caller anybody = start(settings, clock);
        Caller a = anybody.with("api-key", "key-a");
        answering("{\"id\":\"resp_a\",\"object\":\"response\"}");
        a.post(RESPONSES, ASK + "}").isOk();
        answering("{\"id\":\"file-a\",\"object\":\"file\"}");
        a.sending("multipart/form-data; boundary=b")
                .post(
                        "/openai/v1/files",
                        "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--b--\r\n")
                .isOk();
        east.clearLog();
        return new Caller[] {a, anybody.with("api-key", "key-b")};
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /openai/v1/responses/resp_a",
        "GET, /openai/v1/responses/resp_a/input_items?limit=1",
        "DELETE, /openai/v1/responses/resp_a",
        "POST, /openai/v1/responses/resp_a/cancel",
        "GET, /openai/responses/resp_a?api-version=1",
        "GET, /openai/v1/responses/%72esp_a",
        "GET, /openai/v1/responses/resp%5Fa",
        "GET, /openai/v1/responses//resp_a",
        "GET, /openai/v1/responses/resp_a/",
        "GET, //openai/v1/responses/resp_a",
        "GET, /openai/v1/responses/resp_a%2finput_items",
        "GET, /openai/v1/responses/resp_a;x=1",
        "GET, /openai/v1/responses/resp_a%20",
        "GET, /openai/v1/responses/resp_a%00",
        "GET, /openai/v1/files/file-a",
        "GET, /openai/v1/files/file-a/content",
        "DELETE, /openai/files/file-a?api-version=1",
        "GET, /openai/v1/vector_stores/vs_1/files/file-a"
    })
    void anotherCallersIdInThePathIsNotFound(String method, String target) throws Exception {
        Caller b = twoCallers()[1];
        east.faults().add(Fault.status(200, Map.of("content-type", JSON), "{\"secret\":1}"));

        Reply reply = b.send(method, target, BodyPublishers.noBody());

        if (reply.status() != 400) { // a path that cannot be told apart may be refused as such
            reply.isError(404, "not_found");
        }
        assertThat(east.log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"previous_response_id\":\"resp_a\"",
                "\"previous_response_id\":\"\\u0072esp_a\"",
                "\"previous\\u005fresponse_id\":\"resp_a\"",
                "\"previous_response_id\":\"resp_b\",\"previous_response_id\":\"resp_a\"",
                "\"previous_response_id\":\"resp_a\",\"previous_response_id\":null",
                "\"tools\":[{\"type\":\"code_interpreter\",\"container\":{\"type\":\"auto\",\"file_ids\":[\"file-a\"]}}]",
                "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"file_id\":\"file-a\"}]}]",
                "\"input\":[{\"type\":\"item_reference\",\"id\":\"resp_a\"}]",
                "\"conversation\":{\"id\":\"resp_a\"}"
            })
    void anotherCallersIdInTheBodyIsNotFound(String member) throws Exception {
        Caller b = twoCallers()[1];
        east.faults().add(Fault.status(200, Map.of("content-type", JSON), "{\"secret\":1}"));

        b.post(RESPONSES, ASK + "," + member + "}").isError(404, "not_found");
        b.post("/openai/deployments/gpt-4o/responses?api-version=1", ASK + "," + member + "}")
                .isError(404, "not_found");
        b.post("/openai/responses?api-version=1", ASK + "," + member + "}").isError(404, "not_found");

        assertThat(east.log()).isEmpty();
    }

    /** A body that the router cannot read hides ids from it, not from every region. */
    @ParameterizedTest
    @CsvSource({
        "/openai/v1/vector_stores, UTF-8, true",
        "/openai/v1/vector_stores, UTF-16LE, false",
        "/openai/v1/threads/runs, UTF-8, true",
        "/openai/deployments/gpt-4o/responses, UTF-8, true",
        "/openai/deployments/gpt-4o/responses, UTF-16, false"
    })
    void anotherCallersIdInABodyThatCannotBeReadDoesNotPass(String path, String charset, boolean deep)
            throws Exception {
        Caller b = twoCallers()[1];
        east.faults().add(Fault.status(200, Map.of("content-type", JSON), "{\"secret\":1}"));
        String nest = deep ? ",\"x\":" + "[".repeat(1_100) + "]".repeat(1_100) : "";
        String body = "{\"file_ids\":[\"file-a\"],\"previous_response_id\":\"resp_a\"" + nest + "}";

        Reply reply = b.post(path, body.getBytes(charset));

        assertThat(reply.status()).as("%s", reply).isIn(400, 404);
        assertThat(east.log()).isEmpty();
    }

    /** Lists show what is in the resource, and an answer repeats what it was given: neither makes somebody an owner. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | /openai/v1/files     | {\"data\":[{\"id\":\"file-a\"},{\"id\":\"resp_a\"}]}",
                "GET  | /openai/v1/batches   | {\"data\":[{\"id\":\"batch_1\",\"input_file_id\":\"file-a\",\"x_id\":\"resp_a\"}]}",
                "POST | /openai/v1/responses | {\"id\":\"resp_b\",\"metadata\":{\"my_id\":\"resp_a\",\"your_id\":\"file-a\"}}"
            })
    void nobodyComesToOwnWhatIsAnothers(String method, String target, String answer) throws Exception {
        Caller[] callers = twoCallers();
        answering(answer);
        (method.equals("GET") ? get(callers[1], target) : callers[1].post(target, ASK + "}")).isOk();
        east.clearLog();
        east.faults().add(Fault.status(200, Map.of("content-type", JSON), "{}"));

        get(callers[0], "/openai/v1/files/file-a").isOk();
        get(callers[0], RESPONSES + "/resp_a").isOk();
        get(callers[1], "/openai/v1/files/file-a").isError(404, "not_found");
        get(callers[1], RESPONSES + "/resp_a").isError(404, "not_found");

        assertThat(east.log()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resp_never_seen", "resp_%F0%9F%9A%80", "resp_' or 1=1", "resp_x\\u0000", "no id at all"})
    void anIdThatNobodySawIsAskedForAndIsTheRegionsToJudge(String id) throws Exception {
        Caller b = twoCallers()[1];
        east.faults()
                .add(Fault.status(
                        404,
                        Map.of("content-type", JSON),
                        "{\"error\":{\"message\":\"Response with id 'x' not found.\",\"code\":null}}"));

        CompletableFuture<Reply> reply = later(() -> id.contains(" ") || id.contains("\\")
                ? b.post(RESPONSES, ASK + ",\"previous_response_id\":\"" + id + "\"}")
                : get(b, RESPONSES + "/" + id));
        clock.awaitTimer(Duration.ofMillis(200), Duration.ofMillis(500));
        clock.advance(Duration.ofMillis(500));

        assertThat(reply.get(10, TimeUnit.SECONDS).status()).isEqualTo(404);
        assertThat(reply.get().text()).contains("not found").doesNotContain("Exception");
    }

    @Test
    void anIdOfManyMegabytesIsAnsweredInWords() throws Exception {
        Caller b = twoCallers()[1];
        east.faults().add(Fault.status(400, Map.of("content-type", JSON), "{\"error\":{\"message\":\"too long\"}}"));

        Reply reply = b.post(RESPONSES, ASK + ",\"previous_response_id\":\"resp_" + "x".repeat(10_000_000) + "\"}");

        assertThat(reply.status()).as("%s", reply).isIn(400, 404);
        assertThat(reply.body()).hasSizeLessThan(1_000);
        assertThat(new String(reply.body(), StandardCharsets.UTF_8)).contains("\"error\"");
    }

    private interface Asking {
        Reply ask() throws Exception;
    }

    private static CompletableFuture<Reply> later(Asking asking) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return asking.ask();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
    }
}
