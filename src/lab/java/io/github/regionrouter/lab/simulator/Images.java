package io.github.regionrouter.lab.simulator;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code images/generations} and {@code images/edits}: one grey pixel for every prompt, in base64 or, when {@code response_format}
 * is {@code url}, behind a URL of the region.
 */
final class Images implements Operation {

    private static final int MOST = 10;

    private final String name;

    private Images(String name) {
        this.name = name;
    }

    static Operation generations() {
        return new Images("ImageGenerations_Create");
    }

    static Operation edits() {
        return new Images("ImageEdits_Create");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Demand demand(Call call) {
        return Demand.reading(field(call, "prompt"));
    }

    @Override
    public Answer answer(Call call) {
        String prompt = field(call, "prompt");
        if (prompt.isEmpty()) {
            throw Refusal.badRequest("Missing required parameter: 'prompt'.", "prompt");
        }
        if (call.isForm() && call.form().part("image") == null && call.form().part("image[]") == null) {
            throw Refusal.badRequest("Missing required parameter: 'image'.", "image");
        }
        boolean asUrl = field(call, "response_format").equals("url");
        List<Map<String, @Nullable Object>> data = new ArrayList<>();
        long count = count(call);
        for (int i = 0; i < count; i++) {
            data.add(asUrl ? Json.map("url", url(call), "revised_prompt", prompt) : Json.map("b64_json", base64()));
        }
        long created = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
        return Answer.generated(Json.map("created", created, "data", data), 1);
    }

    private static long count(Call call) {
        OptionalLong asked = call.isForm() ? OptionalLong.empty() : call.json().integer("n");
        return Math.max(1, Math.min(asked.orElse(1), MOST));
    }

    private static String field(Call call, String name) {
        return call.isForm() ? call.form().text(name) : call.json().text(name).orElse("");
    }

    private static String url(Call call) {
        return "http://" + call.request().header("host") + ControlApi.PREFIX + "image.png";
    }

    private static String base64() {
        return Base64.getEncoder().encodeToString(Pixel.png());
    }
}
