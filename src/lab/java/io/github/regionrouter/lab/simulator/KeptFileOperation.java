package io.github.regionrouter.lab.simulator;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code files}: what is sent up, listed, read and deleted. A region knows its own files alone. */
final class KeptFileOperation {

    private KeptFileOperation() {}

    static Operation upload(KeptFiles kept) {
        return new ResourceOperation("Files_Upload", call -> {
            MultipartForm form = call.isForm() ? call.form() : MultipartForm.EMPTY;
            MultipartForm.Part file = form.part("file");
            if (file == null) {
                throw Refusal.badRequest("Missing required parameter: 'file'.", "file");
            }
            if (form.text("purpose").isEmpty()) {
                throw Refusal.badRequest("Missing required parameter: 'purpose'.", "purpose");
            }
            KeptFile made = KeptFile.of(file.fileName(), form.text("purpose"), file.content());
            kept.keep(made);
            return Answer.json(200, made.shown());
        });
    }

    /** All, or those of one {@code purpose}. */
    static Operation list(KeptFiles kept) {
        return new ResourceOperation("Files_List", call -> {
            String purpose = call.query("purpose");
            List<Map<String, @Nullable Object>> data = kept.all().stream()
                    .filter(file -> purpose == null || purpose.equals(file.purpose()))
                    .map(KeptFile::shown)
                    .toList();
            return Answer.json(200, Json.map("object", "list", "data", data, "has_more", false));
        });
    }

    static Operation read(KeptFiles kept) {
        return new ResourceOperation(
                "Files_Get",
                call -> Answer.json(200, known(call, kept.find(id(call))).shown()));
    }

    static Operation content(KeptFiles kept) {
        return new ResourceOperation(
                "Files_GetContent",
                call -> new Answer.Whole(
                        200,
                        Map.of("content-type", "application/octet-stream"),
                        known(call, kept.find(id(call))).content(),
                        0));
    }

    static Operation delete(KeptFiles kept) {
        return new ResourceOperation("Files_Delete", call -> {
            String id = known(call, kept.remove(id(call))).id();
            return Answer.json(200, Json.map("id", id, "object", "file", "deleted", true));
        });
    }

    private static String id(Call call) {
        return Objects.requireNonNull(call.variable("id"));
    }

    private static KeptFile known(Call call, @Nullable KeptFile found) {
        if (found == null) {
            throw Refusal.of(
                    404, AzureError.openAi("No such File object: " + id(call), "invalid_request_error", "id", null));
        }
        return found;
    }
}
