package io.github.regionrouter.lab.simulator;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code models} and {@code models/{id}}. Azure lists the base models of a region; here they are its deployments, and a few usual
 * names where it serves any.
 */
final class Models implements Operation {

    private static final List<String> USUAL = List.of("gpt-4o", "gpt-4o-mini", "o3", "text-embedding-3-small");

    private static final long CREATED = 1_721_172_741L;

    private final boolean lists;

    private Models(boolean lists) {
        this.lists = lists;
    }

    static Operation list() {
        return new Models(true);
    }

    static Operation read() {
        return new Models(false);
    }

    @Override
    public String name() {
        return lists ? "Models_List" : "Models_Get";
    }

    @Override
    public boolean forDeployment() {
        return false;
    }

    @Override
    public Answer answer(Call call) {
        String id = call.variable("id");
        if (id == null) {
            List<Map<String, @Nullable Object>> data =
                    names(call.config()).stream().map(Models::model).toList();
            return Answer.json(200, Json.map("object", "list", "data", data));
        }
        if (!call.config().serves(id)) {
            throw Refusal.of(404, AzureError.RESOURCE_NOT_FOUND);
        }
        return Answer.json(200, model(id));
    }

    private static List<String> names(RegionConfig config) {
        return config.deployments().isEmpty() ? USUAL : List.copyOf(new TreeSet<>(config.deployments()));
    }

    private static Map<String, @Nullable Object> model(String id) {
        boolean embeds = id.contains("embedding");
        return Json.map(
                "id",
                id,
                "object",
                "model",
                "created",
                CREATED,
                "created_at",
                CREATED,
                "owned_by",
                "system",
                "status",
                "succeeded",
                "lifecycle_status",
                "generally-available",
                "capabilities",
                Json.map(
                        "inference", true,
                        "chat_completion", !embeds,
                        "completion", false,
                        "embeddings", embeds,
                        "fine_tune", false));
    }
}
