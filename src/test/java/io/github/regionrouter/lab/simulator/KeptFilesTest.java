package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A region keeps its files and nobody else's, by both styles of path. */
final class KeptFilesTest {

    private static final String V1 = "/openai/v1/files";
    private static final String CONTENT = "{\"a\":1}\r\n{\"b\":2}";

    private final SimulatedRegion region = SimulatedRegion.start(RegionConfig.named("eastus2"));
    private final SimulatedRegion other = SimulatedRegion.start(RegionConfig.named("westus3"));
    private final Caller caller = new Caller(region);

    @AfterEach
    void stop() {
        region.close();
        other.close();
    }

    @ParameterizedTest
    @CsvSource({"/openai/v1/files,''", "/openai/files,?api-version=2024-10-21"})
    void aFileIsSentUpReadListedAndDeleted(String start, String end) throws Exception {
        HttpResponse<String> made = upload(start + end, "batch");
        JsonObject file = Caller.json(made.body());
        String id = file.text("id").orElseThrow();

        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(file.fields())
                .containsEntry("object", "file")
                .containsEntry("bytes", CONTENT.length())
                .containsEntry("filename", "calls.jsonl")
                .containsEntry("purpose", "batch")
                .containsEntry("status", "processed");
        assertThat(get(start + "/" + id + end).body()).isEqualTo(made.body());
        assertThat(get(start + "/" + id + "/content" + end).body()).isEqualTo(CONTENT);
        assertThat(get(start + end).body()).contains("\"object\":\"list\"", id);
        assertThat(delete(start + "/" + id + end).body())
                .isEqualTo("{\"id\":\"" + id + "\",\"object\":\"file\",\"deleted\":true}");
        assertThat(get(start + end).body()).contains("\"data\":[]");
        for (HttpResponse<String> gone : List.of(
                get(start + "/" + id + end),
                get(start + "/" + id + "/content" + end),
                delete(start + "/" + id + end))) {
            assertThat(gone.statusCode()).isEqualTo(404);
            assertThat(gone.body()).contains("No such File object: " + id);
        }
    }

    @Test
    void aListCanBeOfOnePurpose() throws Exception {
        upload(V1, "batch");

        assertThat(Caller.json(get(V1 + "?purpose=batch").body()).list("data")).hasSize(1);
        assertThat(Caller.json(get(V1 + "?purpose=assistants").body()).list("data"))
                .isEmpty();
    }

    @Test
    void anotherRegionDoesNotHaveTheFile() throws Exception {
        String id = Caller.json(upload(V1, "user_data").body()).text("id").orElseThrow();
        String ask =
                "{\"model\":\"gpt-4o\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"file_id\":\""
                        + id + "\"}]}]}";
        Caller elsewhere = new Caller(other);

        assertThat(elsewhere.send(elsewhere.to(V1 + "/" + id).GET()).statusCode())
                .isEqualTo(404);
        assertThat(caller.post("/openai/v1/responses", ask).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = elsewhere.post("/openai/v1/responses", ask);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("File with id '" + id + "' not found.");
    }

    @Test
    void aFormWithoutFileOrPurposeIsTheCallersMistake() throws Exception {
        assertThat(caller.post(V1, "{}").body()).contains("Missing required parameter: 'file'.");
        assertThat(upload(V1, "").body()).contains("Missing required parameter: 'purpose'.");
    }

    private HttpResponse<String> upload(String path, String purpose) throws Exception {
        String form = "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n" + purpose + "\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"calls.jsonl\"\r\n"
                + "Content-Type: application/jsonl\r\n\r\n" + CONTENT + "\r\n--b--\r\n";
        return caller.send(caller.to(path)
                .header("content-type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return caller.send(caller.to(path).GET());
    }

    private HttpResponse<String> delete(String path) throws Exception {
        return caller.send(caller.to(path).DELETE());
    }
}
