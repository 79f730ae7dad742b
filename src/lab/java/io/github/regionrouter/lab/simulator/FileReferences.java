package io.github.regionrouter.lab.simulator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files that a body names as {@code file_id}: the region must have them. */
final class FileReferences {

    private final KeptFiles kept;

    FileReferences(KeptFiles kept) {
        this.kept = kept;
    }

    /** Ends the call with 400 at the first file that is not there. */
    void check(@Nullable Object value) {
        if (value instanceof List<?> list) {
            list.forEach(this::check);
        } else if (value instanceof Map<?, ?> map) {
            if (map.get("file_id") instanceof String id && kept.find(id) == null) {
                throw Refusal.badRequest("File with id '" + id + "' not found.", "file_id");
            }
            map.values().forEach(this::check);
        }
    }
}
