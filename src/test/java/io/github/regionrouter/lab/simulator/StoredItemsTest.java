package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An item that an input names by its id must be stored in the region that is asked. */
final class StoredItemsTest {

    private static final String RESPONSES = "/openai/v1/responses";
    private static final String TOOLS = ",'tools':[{'type':'function','name':'weather'}]";

    private final SimulatedRegion region = SimulatedRegion.start(RegionConfig.named("eastus2"));
    private final SimulatedRegion other = SimulatedRegion.start(RegionConfig.named("westus3"));
    private final Caller here = new Caller(region);
    private final Caller elsewhere = new Caller(other);

    @AfterEach
    void stop() {
        region.close();
        other.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'type':'item_reference','id':'ID'}",
                "{'id':'ID'}",
                "{'type':'message','id':'ID','role':'assistant','content':[{'type':'output_text','text':'Hi'}]}",
            })
    void aStoredItemIsKnownInItsRegionAlone(String item) throws Exception {
        String id = outputItem(post(here, "'input':'one'"));
        String named = "'input':[" + item.replace("ID", id) + ",{'role':'user','content':'two'}]";

        assertThat(id).startsWith("msg_");
        assertThat(post(here, named).statusCode()).isEqualTo(200);
        isUnknown(post(elsewhere, named), id);
        isUnknown(post(elsewhere, named + ",'store':false"), id);
    }

    @Test
    void aWishForACallIsKnownInItsRegionAlone() throws Exception {
        String id = outputItem(post(here, "'input':'one'" + TOOLS));
        String result = "'input':[{'type':'function_call','id':'" + id
                + "','call_id':'call_1','name':'weather','arguments':'{}'},"
                + "{'type':'function_call_output','call_id':'call_1','output':'rain'}]" + TOOLS;

        assertThat(id).startsWith("fc_");
        assertThat(post(here, result).statusCode()).isEqualTo(200);
        isUnknown(post(elsewhere, result), id);
    }

    @Test
    void anItemOfAnInputIsKnownTooWhateverItsName() throws Exception {
        HttpResponse<String> made = post(here, "'input':[{'role':'user','content':'one'}]");
        String items = here.send(here.to(RESPONSES + "/"
                                + Caller.json(made.body()).text("id").orElseThrow() + "/input_items")
                        .GET())
                .body();
        String id = Caller.json(items).text("first_id").orElseThrow();
        String named = "'input':[{'type':'item_reference','id':'" + id + "'}]";

        assertThat(post(here, named).statusCode()).isEqualTo(200);
        isUnknown(post(elsewhere, named), id);
    }

    @Test
    void whatWasNotStoredIsKnownNowhere() throws Exception {
        String id = outputItem(post(here, "'input':'one','store':false"));

        isUnknown(post(here, "'input':[{'type':'item_reference','id':'" + id + "'}]"), id);
        isUnknown(post(here, "'input':[{'id':'rs_1','type':'reasoning','summary':[]}],'store':false"), "rs_1");
    }

    @Test
    void whatIsDeletedIsForgottenWithItsItems() throws Exception {
        HttpResponse<String> made = post(here, "'input':'one'");
        String id = outputItem(made);
        here.send(here.to(RESPONSES + "/" + Caller.json(made.body()).text("id").orElseThrow())
                .DELETE());

        isUnknown(post(here, "'input':[{'type':'item_reference','id':'" + id + "'}]"), id);
    }

    @Test
    void aStoredItemIsReadAgain() throws Exception {
        HttpResponse<String> made = post(here, "'input':'one'");
        String named =
                "'input':[{'type':'item_reference','id':'" + outputItem(made) + "'},{'role':'user','content':'four'}]";

        JsonObject usage = Caller.json(post(here, named).body()).object("usage");

        assertThat(usage.integer("input_tokens").orElseThrow()).isGreaterThan(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'role':'assistant','content':'Hi'}",
                "{'id':'my-own','role':'user','content':'Hi'}",
                "{'id':'rs_1','type':'reasoning','summary':[],'encrypted_content':'gAAAA'}",
            })
    void anItemThatNamesNothingStoredGoesAnywhere(String item) throws Exception {
        assertThat(post(elsewhere, "'store':false,'input':[" + item + ",{'role':'user','content':'two'}]")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theFilesOfAContainerMustBeHere() throws Exception {
        HttpResponse<String> uploaded = here.send(
                here.to("/openai/v1/files")
                        .header("content-type", "multipart/form-data; boundary=b")
                        .POST(
                                BodyPublishers.ofString(
                                        "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nassistants\r\n"
                                                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n1\r\n--b--\r\n")));
        String file = Caller.json(uploaded.body()).text("id").orElseThrow();
        String named = "'input':'sum','tools':[{'type':'code_interpreter','container':{'type':'auto','file_ids':['"
                + file + "']}}]";

        assertThat(post(here, named).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = post(elsewhere, named);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("File with id '" + file + "' not found.");
    }

    private static HttpResponse<String> post(Caller caller, String fields) throws Exception {
        return caller.post(RESPONSES, ("{'model':'gpt-4o'," + fields + "}").replace('\'', '"'));
    }

    private static String outputItem(HttpResponse<String> made) throws Exception {
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        return JsonObject.of(Caller.json(made.body()).list("output").get(0))
                .flatMap(item -> item.text("id"))
                .orElseThrow();
    }

    private static void isUnknown(HttpResponse<String> refused, String id) {
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body())
                .isEqualTo("{\"error\":{\"message\":\"Item with id '" + id
                        + "' not found. Items are not persisted when `store` is set to false. Try again with `store` set"
                        + " to true, or remove this item from your input.\",\"type\":\"invalid_request_error\","
                        + "\"param\":\"input\",\"code\":null}}");
    }
}
