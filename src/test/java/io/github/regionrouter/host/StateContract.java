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
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R12: state stays where it lives; R10: a repeated call starts elsewhere. */
abstract class StateContract extends RouterContract {

    private static final String RESPONSES = "/openai/v1/responses";
    private static final String ASK = "{\"model\":\"gpt-4o\",\"input\":\"one two\"}";
    private static final String ABSENT =
            "{\"error\":{\"message\":\"Response with id 'resp_x' not found.\",\"type\":\"invalid_request_error\","
                    + "\"param\":null,\"code\":null}}";
    private static final String NO_PREVIOUS =
            "{\"error\":{\"message\":\"Previous response with id 'resp_x' not found.\","
                    + "\"type\":\"invalid_request_error\",\"param\":\"previous_response_id\",\"code\":\"previous_response_not_found\"}}";

    private final HandClock clock = new HandClock();
    private final SimulatedRegion east = region("eastus");
    private final SimulatedRegion west = region("westus");
    private final SettingsJson both = SettingsJson.model("gpt-4o", at(east), at(west));

    StateContract(HostUnderTest host) {
        super(host);
    }

    private static Reply get(Caller caller, String target) throws Exception {
        return caller.send("GET", target, BodyPublishers.noBody());
    }

    /** Asks for a response that the second region makes, since the first one is throttled for half a minute. */
    private String madeInTheWest(Caller caller, String body) throws Exception {
        east.faults().add(Fault.throttle(Map.of("retry-after", "30")).times(1));
        Reply made = caller.post(RESPONSES, body).isOk();
        assertThat(made.header("x-router-region")).isEqualTo("westus");
        clock.advance(Duration.ofSeconds(40));
        east.clearLog();
        Matcher id = Pattern.compile("\"id\":\"(resp_[^\"]+)\"").matcher(made.text());
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    private static String after(String id) {
        return ASK.replace("}", ",\"previous_response_id\":\"" + id + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {ASK, "{\"model\":\"gpt-4o\",\"input\":\"one two\",\"stream\":true}"})
    void aFollowUpGoesToTheOwnerAlone(String body) throws Exception {
        Caller caller = start(both, clock);
        String id = madeInTheWest(caller, body);
        west.faults().add(Fault.status(200, Map.of("content-type", "application/json"), "{\"id\":\"resp_2\"}"));

        assertThat(caller.post(RESPONSES, after(id)).isOk().attempts()).isEqualTo("westus;status=200;return");
        assertThat(caller.post("/openai/responses?api-version=2025-04-01-preview", after(id))
                        .isOk()
                        .attempts())
                .isEqualTo("westus;status=200;return");
        assertThat(east.log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openai/v1/responses/%s", "/openai/v1/responses/%s/input_items?limit=2"})
    void whatIsStoredIsReadFromTheOwner(String path) throws Exception {
        Caller caller = start(both, clock);
        String id = madeInTheWest(caller, ASK);
        west.faults().add(Fault.status(200, Map.of("content-type", "application/json"), "{\"id\":\"" + id + "\"}"));

        Reply reply = get(caller, String.format(path, id)).isOk();

        assertThat(reply.attempts()).isEqualTo("westus;status=200;return");
        assertThat(west.log().get(1).method()).isEqualTo("GET");
        assertThat(west.log().get(1).uri()).isEqualTo(String.format(path, id));
        assertThat(east.log()).isEmpty();
    }

    @Test
    void anotherCallersStateIsNotFound() throws Exception {
        Caller anybody = start(both.callers(caller("a", "key-a"), caller("b", "key-b")), clock);
        String id = madeInTheWest(anybody.with("api-key", "key-a"), ASK);
        int calls = west.log().size();

        get(anybody.with("api-key", "key-b"), RESPONSES + "/" + id).isError(404, "not_found");
        anybody.with("api-key", "key-b").post(RESPONSES, after(id)).isError(404, "not_found");

        assertThat(west.log()).hasSize(calls);
        assertThat(east.log()).isEmpty();
    }

    @Test
    void anUnknownIdIsAskedForAround() throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.status(404, Map.of("content-type", "application/json"), ABSENT));
        west.faults().add(Fault.status(200, Map.of("content-type", "application/json"), "{\"id\":\"resp_x\"}"));

        CompletableFuture<Reply> reply = later(() -> get(caller, RESPONSES + "/resp_x"));
        clock.awaitTimer(Duration.ofMillis(200), Duration.ofMillis(500));
        clock.advance(Duration.ofMillis(500));

        assertThat(reply.get(10, TimeUnit.SECONDS).isOk().attempts())
                .isEqualTo("eastus;status=404;same_region, eastus;status=404;next_region, westus;status=200;return");
        east.clearLog();
        assertThat(get(caller, RESPONSES + "/resp_x").isOk().attempts()).isEqualTo("westus;status=200;return");
        assertThat(east.log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 400})
    void whatIsNowhereIsNotFoundInTheRegionsWords(int status) throws Exception {
        Caller caller = start(both, clock);
        String body = status == 404 ? ABSENT : NO_PREVIOUS;
        east.faults().add(Fault.status(status, Map.of("content-type", "application/json"), body));
        west.faults().add(Fault.status(status, Map.of("content-type", "application/json"), body));

        CompletableFuture<Reply> reply = later(
                () -> status == 404 ? get(caller, RESPONSES + "/resp_x") : caller.post(RESPONSES, after("resp_x")));
        clock.awaitTimer(Duration.ofMillis(200), Duration.ofMillis(500));
        clock.advance(Duration.ofMillis(500));

        Reply answer = reply.get(10, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).isEqualTo(body);
        assertThat(east.log()).hasSize(2);
        assertThat(west.log()).hasSize(1);
    }

    @Test
    void aThrottledOwnersOwn429IsGivenAndNobodyElseIsAsked() throws Exception {
        Caller caller = start(both, clock);
        String id = madeInTheWest(caller, ASK);
        west.faults().add(Fault.throttle(Map.of("retry-after", "45")));

        Reply reply = caller.post(RESPONSES, after(id));

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("retry-after")).isEqualTo("45");
        assertThat(reply.attempts()).isEqualTo("westus;status=429;exhausted");
        assertThat(east.log()).isEmpty();
    }

    @Test
    void encryptedContentGoesHome() throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.throttle(Map.of("retry-after", "30")).times(1));
        west.faults()
                .add(Fault.status(
                                200,
                                Map.of("content-type", "application/json"),
                                "{\"id\":\"resp_1\",\"output\":[{\"type\":\"reasoning\",\"id\":\"rs_1\","
                                        + "\"encrypted_content\":\"gAAAAsecret\"}]}")
                        .times(1));
        caller.post(RESPONSES, ASK.replace("}", ",\"store\":false}")).isOk();
        clock.advance(Duration.ofSeconds(40));
        east.clearLog();

        Reply reply = caller.post(
                RESPONSES,
                "{\"model\":\"gpt-4o\",\"store\":false,\"input\":[{\"type\":\"reasoning\","
                        + "\"encrypted_content\":\"gAAAAsecret\"}]}");

        assertThat(reply.attempts()).startsWith("westus;status=");
        assertThat(east.log()).isEmpty();
    }

    @Test
    void aFileIsReadWhereItWasUploaded() throws Exception {
        Caller caller = start(both, clock);
        east.faults().add(Fault.throttle(Map.of("retry-after", "30")).times(1));
        west.faults()
                .add(Fault.status(200, Map.of("content-type", "application/json"), "{\"id\":\"file-1\"}")
                        .times(1));
        caller.sending("multipart/form-data; boundary=b")
                .post(
                        "/openai/v1/files",
                        "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--b--\r\n")
                .isOk();
        clock.advance(Duration.ofSeconds(40));
        east.clearLog();
        west.faults().add(Fault.status(200, Map.of("content-type", "application/json"), "{}"));

        assertThat(get(caller, "/openai/v1/files/file-1/content").attempts()).isEqualTo("westus;status=200;return");
        assertThat(caller.send("DELETE", "/openai/files/file-1?api-version=2025-01-01&x=%20y", BodyPublishers.noBody())
                        .attempts())
                .isEqualTo("westus;status=200;return");
        assertThat(west.log().get(2).method()).isEqualTo("DELETE");
        assertThat(west.log().get(2).uri()).isEqualTo("/openai/files/file-1?api-version=2025-01-01&x=%20y");
        assertThat(east.log()).isEmpty();
    }

    @Test
    void aClientsRepeatStartsElsewhere() throws Exception {
        Caller caller = start(both, clock).with("x-ms-client-request-id", "the-same");
        east.faults().add(Fault.status(500).times(1));
        west.faults().add(Fault.status(500).times(1));
        assertThat(caller.chat().status()).isEqualTo(500);

        // the last region that failed it was westus, so eastus is first
        assertThat(caller.chat().isOk().attempts()).isEqualTo("eastus;status=200;return");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-ms-client-request-id=abc", "x-stainless-retry-count=1"})
    void aRepeatDoesNotStartWhereTheCallFailed(String header) throws Exception {
        Caller caller = start(both, clock);
        String name = header.substring(0, header.indexOf('='));
        String value = header.substring(header.indexOf('=') + 1);
        Caller first = name.startsWith("x-ms") ? caller.with(name, value) : caller.with(name, "0");
        east.faults().add(Fault.resetAfterRequest().times(1));
        assertThat(first.post(RESPONSES, ASK).status()).isEqualTo(502);

        Reply again = caller.with(name, value).post(RESPONSES, ASK).isOk();

        assertThat(again.attempts()).isEqualTo("westus;status=200;return");
    }

    interface Asking {
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
