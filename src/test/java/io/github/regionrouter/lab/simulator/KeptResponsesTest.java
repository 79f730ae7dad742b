package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A region keeps its responses and nobody else's, and finds them by both styles of path. */
final class KeptResponsesTest {

    private static final String ASK = "{\"model\":\"gpt-4o\",\"input\":\"one two\"}";
    private static final String NO_PREVIOUS = "{\"error\":{\"message\":\"Previous response with id '%s' not found.\","
            + "\"type\":\"invalid_request_error\",\"param\":\"previous_response_id\","
            + "\"code\":\"previous_response_not_found\"}}";

    private final SimulatedRegion region = SimulatedRegion.start(RegionConfig.named("eastus2"));
    private final SimulatedRegion other = SimulatedRegion.start(RegionConfig.named("westus3"));
    private final Caller caller = new Caller(region);

    /** How a path begins and ends. */
    enum Style {
        V1("/openai/v1/responses", ""),
        DATED("/openai/responses", "?api-version=2025-04-01-preview");

        private final String start;
        private final String end;

        Style(String start, String end) {
            this.start = start;
            this.end = end;
        }

        String path(String more) {
            return start + more + end;
        }
    }

    @AfterEach
    void stop() {
        region.close();
        other.close();
    }

    @ParameterizedTest
    @EnumSource
    void aResponseIsReadAgain(Style style) throws Exception {
        HttpResponse<String> made = caller.post(style.path(""), ASK);

        assertThat(get(style.path("/" + id(made))).body()).isEqualTo(made.body());
    }

    @ParameterizedTest
    @EnumSource
    void aStreamedResponseIsReadAgain(Style style) throws Exception {
        String stream = caller.post(style.path(""), ASK.replace("}", ",\"stream\":true}"))
                .body();
        String id = Caller.json(Caller.data(stream).get(0))
                .object("response")
                .text("id")
                .orElseThrow();

        assertThat(get(style.path("/" + id)).body()).contains("\"status\":\"completed\"", "eastus2 echoes: one two");
    }

    @ParameterizedTest
    @EnumSource
    void itsInputIsListedNewestFirst(Style style) throws Exception {
        String id = id(caller.post(
                style.path(""),
                "{\"model\":\"gpt-4o\",\"input\":[\"one\",{\"role\":\"user\",\"content\":\"two\"},"
                        + "{\"type\":\"function_call_output\",\"call_id\":\"call_1\",\"output\":\"three\"}]}"));

        JsonObject list = Caller.json(get(style.path("/" + id + "/input_items")).body());
        assertThat(list.list("data").toString())
                .matches("\\[\\{.*output=three.*}, \\{.*role=user.*text=two.*}, \\{.*role=user.*text=one.*}]");
        assertThat(list.value("has_more")).isEqualTo(false);
        assertThat(list.text("first_id").orElseThrow()).startsWith("msg_");
    }

    @ParameterizedTest
    @EnumSource
    void aFollowUpIsAnsweredInTheRegionThatHasTheFirst(Style style) throws Exception {
        String id = id(caller.post(style.path(""), ASK));

        HttpResponse<String> here = caller.post(style.path(""), after(id));
        HttpResponse<String> elsewhere = new Caller(other).post(style.path(""), after(id));

        assertThat(here.statusCode()).isEqualTo(200);
        assertThat(here.body()).contains("\"previous_response_id\":\"" + id + "\"");
        assertThat(elsewhere.statusCode()).isEqualTo(400);
        assertThat(elsewhere.body()).isEqualTo(String.format(NO_PREVIOUS, id));
    }

    @ParameterizedTest
    @EnumSource
    void whatMayNotBeStoredIsForgottenAtOnce(Style style) throws Exception {
        String id = id(caller.post(style.path(""), ASK.replace("}", ",\"store\":false}")));

        isNotFound(get(style.path("/" + id)), id);
        assertThat(caller.post(style.path(""), after(id)).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource
    void aDeletedResponseIsGone(Style style) throws Exception {
        String id = id(caller.post(style.path(""), ASK));

        assertThat(delete(style.path("/" + id)).body())
                .isEqualTo("{\"id\":\"" + id + "\",\"object\":\"response\",\"deleted\":true}");

        isNotFound(delete(style.path("/" + id)), id);
        isNotFound(get(style.path("/" + id)), id);
        isNotFound(get(style.path("/" + id + "/input_items")), id);
        isNotFound(caller.post(style.path("/" + id + "/cancel"), ""), id);
    }

    @ParameterizedTest
    @EnumSource
    void whatRunsInTheBackgroundIsQueuedAndDoneAtOnceWithoutAPace(Style style) throws Exception {
        HttpResponse<String> queued = caller.post(style.path(""), ASK.replace("}", ",\"background\":true}"));

        assertThat(queued.body()).contains("\"status\":\"queued\"");
        assertThat(get(style.path("/" + id(queued))).body()).contains("\"status\":\"completed\"");
    }

    @ParameterizedTest
    @EnumSource
    void whatDoesNotRunInTheBackgroundIsNotCancelled(Style style) throws Exception {
        String id = id(caller.post(style.path(""), ASK));

        HttpResponse<String> refused = caller.post(style.path("/" + id + "/cancel"), "");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("Cannot cancel a synchronous response.");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return caller.send(caller.to(path).GET());
    }

    private HttpResponse<String> delete(String path) throws Exception {
        return caller.send(caller.to(path).DELETE());
    }

    private static String after(String id) {
        return ASK.replace("}", ",\"previous_response_id\":\"" + id + "\"}");
    }

    private static String id(HttpResponse<String> made) throws Exception {
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        return Caller.json(made.body()).text("id").orElseThrow();
    }

    private static void isNotFound(HttpResponse<String> response, String id) {
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("Response with id '" + id + "' not found.", "invalid_request_error");
    }
}
