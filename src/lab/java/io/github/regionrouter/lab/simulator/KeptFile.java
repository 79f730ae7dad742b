package io.github.regionrouter.lab.simulator;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file that its region keeps.
 *
 * @param created seconds since 1970
 */
record KeptFile(String id, long created, String name, String purpose, byte[] content) {

    static KeptFile of(String name, String purpose, byte[] content) {
        return new KeptFile(
                Ids.of("file-"), TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()), name, purpose, content);
    }

    /** As it is shown. It is processed at once. */
    Map<String, @Nullable Object> shown() {
        return Json.map(
                "id", id,
                "object", "file",
                "bytes", content.length,
                "created_at", created,
                "filename", name,
                "purpose", purpose,
                "status", "processed");
    }
}
