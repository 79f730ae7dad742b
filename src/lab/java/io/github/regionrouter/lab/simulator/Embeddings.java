package io.github.regionrouter.lab.simulator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** {@code embeddings}: the same vector for the same text in every region, as numbers or as base64 of floats. */
final class Embeddings implements Operation {

    private static final int USUAL_DIMENSIONS = 8;
    private static final int MOST_DIMENSIONS = 3_072;

    @Override
    public String name() {
        return "Embeddings_Create";
    }

    @Override
    public Demand demand(Call call) {
        return Demand.reading(call.json().value("input"));
    }

    @Override
    public Answer answer(Call call) {
        JsonObject body = call.json();
        if (!body.has("input")) {
            throw Refusal.badRequest("Missing required parameter: 'input'.", "input");
        }
        long asked = body.integer("dimensions").orElse(USUAL_DIMENSIONS);
        int dimensions = (int) Math.max(1, Math.min(asked, MOST_DIMENSIONS));
        boolean base64 = body.text("encoding_format").equals(Optional.of("base64"));

        List<Object> data = new ArrayList<>();
        for (Object input : inputs(body)) {
            float[] vector = vector(input, dimensions);
            Object embedding = base64 ? base64(vector) : numbers(vector);
            data.add(Json.map("object", "embedding", "index", data.size(), "embedding", embedding));
        }
        long tokens = call.demand().tokens();
        Map<String, @Nullable Object> usage = Json.map("prompt_tokens", tokens, "total_tokens", tokens);
        return Answer.generated(
                Json.map("object", "list", "data", data, "model", call.deployment(), "usage", usage), 1);
    }

    /** One text, a list of texts, one list of tokens, or a list of such lists. */
    private static List<Object> inputs(JsonObject body) {
        List<Object> inputs = body.list("input");
        boolean oneListOfTokens = !inputs.isEmpty() && inputs.get(0) instanceof Number;
        return oneListOfTokens ? List.of(inputs) : inputs;
    }

    private static float[] vector(Object input, int dimensions) {
        Random random = new Random(input.toString().hashCode());
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = random.nextFloat() - 0.5f;
        }
        return vector;
    }

    private static List<Object> numbers(float[] vector) {
        List<Object> numbers = new ArrayList<>(vector.length);
        for (float number : vector) {
            numbers.add(number);
        }
        return numbers;
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : vector) {
            bytes.putFloat(number);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
