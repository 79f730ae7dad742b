package io.github.regionrouter;

import com.azure.json.JsonProviders;
import com.azure.json.JsonWriter;
import io.github.regionrouter.openai.OpenAiCall;
import io.github.regionrouter.openai.OpenAiError;
import io.github.regionrouter.openai.RefusedCall;
import io.github.regionrouter.region.RoutingTable;
import io.github.regionrouter.settings.RouterSettings.Caller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The answer to {@code GET /openai/v1/models}: the models that this caller may ask for. A region would answer with what Azure
 * offers there, which is no help to somebody who wants to know what to put into {@code model}.
 */
final class ModelList {

    private ModelList() {}

    /** The list, or the one model that the path names. */
    static byte[] answer(OpenAiCall call, RoutingTable table, Caller caller) {
        List<String> models =
                table.models().keySet().stream().filter(caller::mayUse).sorted().toList();
        String one = call.modelInPath();
        if (one != null && !models.contains(one)) {
            throw new RefusedCall(OpenAiError.deploymentNotFound(one));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonWriter json = JsonProviders.createWriter(bytes)) {
            if (one != null) {
                write(one, json);
            } else {
                json.writeStartObject().writeStringField("object", "list").writeStartArray("data");
                for (String model : models) {
                    write(model, json);
                }
                json.writeEndArray().writeEndObject();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(String model, JsonWriter json) throws IOException {
        json.writeStartObject()
                .writeStringField("id", model)
                .writeStringField("object", "model")
                .writeLongField("created", 0)
                .writeStringField("owned_by", "region-router")
                .writeEndObject();
    }
}
