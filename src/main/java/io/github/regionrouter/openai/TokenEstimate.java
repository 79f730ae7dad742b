package io.github.regionrouter.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;

/**
 * How many tokens a request may take, guessed before it is sent as Azure guesses (facts/wire.md §2.1): a quarter of the prompt's
 * characters, and what it asks for at most. Pictures, sounds and files inside the prompt are not counted: their size in
 * characters says nothing.
 */
public final class TokenEstimate {

    private static final int CHARACTERS_PER_TOKEN = 4;
    private static final Set<String> MOST =
            Set.of("max_tokens", "max_completion_tokens", "max_output_tokens", "max_tokens_to_sample");
    private static final Set<String> CHOICES = Set.of("n", "best_of");
    private static final Set<String> BINARY = Set.of("data", "b64_json", "file_data", "encrypted_content");

    private TokenEstimate() {}

    /** At least 1; of a body that cannot be read, 1. */
    public static long of(byte[] body) {
        long characters = 0;
        long most = 0;
        long choices = 1;
        try (JsonParser json = JsonBody.JSON.createParser(body)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                String name = json.getParsingContext().inObject() ? json.currentName() : "";
                boolean top = json.getParsingContext().getNestingDepth() == 1;
                if (token == JsonToken.VALUE_STRING && !isBinary(name, json)) {
                    characters += json.getTextLength();
                } else if (token == JsonToken.VALUE_NUMBER_INT && top && MOST.contains(name)) {
                    most = Math.max(most, bounded(json));
                } else if (token == JsonToken.VALUE_NUMBER_INT && top && CHOICES.contains(name)) {
                    choices = Math.max(choices, Math.min(bounded(json), 128));
                }
            }
        } catch (IOException notJson) {
            return 1;
        }
        return Math.max(1, characters / CHARACTERS_PER_TOKEN + most * choices);
    }

    private static boolean isBinary(String name, JsonParser json) throws IOException {
        return BINARY.contains(name) || (name.equals("url") && json.getText().startsWith("data:"));
    }

    private static long bounded(JsonParser json) throws IOException {
        return json.getTextLength() > 9 ? Integer.MAX_VALUE : Math.max(0, json.getLongValue());
    }
}
