package io.github.regionrouter.lab.load;

import com.azure.json.JsonProviders;
import com.azure.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;

/** The body of a chat completion. */
final class ChatBody {

    /** Short common words: with its space each is one token of the usual vocabularies, and the four characters of the rule of thumb. */
    private static final String[] WORDS = {
        "the", "and", "sun", "was", "out", "but", "not", "for", "all", "who", "had", "run", "far", "off", "his", "own",
        "way", "can", "say", "why", "old", "man", "saw", "big", "sea", "she", "did", "ask", "him", "too", "now", "see"
    };

    private static final int CHARACTERS_PER_TOKEN = 4;

    private final LoadPlan plan;

    ChatBody(LoadPlan plan) {
        this.plan = plan;
    }

    /** UTF-8. */
    byte[] of(Call call) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256 + call.promptTokens() * CHARACTERS_PER_TOKEN);
        try (JsonWriter json = JsonProviders.createWriter(out)) {
            json.writeStartObject();
            json.writeStringField("model", plan.model());
            json.writeIntField(plan.limitField(), call.maxTokens());
            if (call.cacheKey() != null) {
                json.writeStringField("prompt_cache_key", call.cacheKey());
            }
            if (plan.stream()) {
                json.writeBooleanField("stream", true);
                json.writeStartObject("stream_options");
                json.writeBooleanField("include_usage", true);
                json.writeEndObject();
            }
            json.writeStartArray("messages");
            json.writeStartObject();
            json.writeStringField("role", "user");
            json.writeStringField("content", prompt(call));
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** About as many tokens as asked. It begins as no other does, so that no cache helps, or as all of its cache key do. */
    private String prompt(Call call) {
        int length = call.promptTokens() * CHARACTERS_PER_TOKEN;
        StringBuilder prompt = new StringBuilder(length + 32);
        long start = call.cacheKey() == null
                ? plan.seed() * 31 + call.index()
                : call.cacheKey().hashCode();
        prompt.append(call.cacheKey() == null ? Long.toHexString(start) : call.cacheKey());
        SplittableRandom random = new SplittableRandom(start);
        while (prompt.length() < length) {
            prompt.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
        }
        prompt.setLength(Math.min(prompt.length(), length));
        return prompt.toString();
    }
}
