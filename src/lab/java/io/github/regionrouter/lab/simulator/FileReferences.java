package io.github.regionrouter.lab.simulator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files that a body names as {@code file_id} or in {@code file_ids}: the region must have them. */
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
            check("file_id", map.get("file_id"));
            if (map.get("file_ids") instanceof List<?> ids) {
                ids.forEach(id -> check("file_ids", id));
            }
            map.values().forEach(this::check);
        }
    }

    private void check(String field, @Nullable Object id) {
        if (id instanceof String name && kept.find(name) == null) {
            throw Refusal.badRequest("File with id '" + name + "' not found.", field);
        }
    }
}
