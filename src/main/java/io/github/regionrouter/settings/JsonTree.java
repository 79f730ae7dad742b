package io.github.regionrouter.settings;

import com.azure.json.JsonOptions;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A small JSON document as maps, lists, strings, {@link BigDecimal}s, booleans and null. azure-json's own untyped reading
 * lets the last of two members of one name win; here that is a fault, since one of them is a typo.
 */
final class JsonTree {

    /** Deeper than any settings document goes, and shallow enough for any stack. */
    private static final int DEEPEST = 32;

    private final List<String> faults;
    private int depth;

    private JsonTree(List<String> faults) {
        this.faults = faults;
    }

    /**
     * @param faults told of members that stand twice
     * @throws IOException if the text is not one JSON value
     */
    static @Nullable Object read(String text, List<String> faults) throws IOException {
        try (JsonReader json = JsonProviders.createReader(text, new JsonOptions())) {
            json.nextToken();
            Object root = new JsonTree(faults).value(json, "");
            if (json.nextToken() != JsonToken.END_DOCUMENT) {
                throw new IOException("something follows the document");
            }
            return root;
        }
    }

    private @Nullable Object value(JsonReader json, String path) throws IOException {
        JsonToken token = json.currentToken();
        if (token == null) {
            throw new IOException("the document is empty");
        }
        if (++depth > DEEPEST) {
            throw new IOException("the document is nested deeper than " + DEEPEST);
        }
        Object value = switch (token) {
            case START_OBJECT -> object(json, path);
            case START_ARRAY -> array(json, path);
            case STRING -> json.getString();
            case NUMBER -> new BigDecimal(json.getText());
            case BOOLEAN -> json.getBoolean();
            case NULL -> null;
            default -> throw new IOException("the document breaks off");
        };
        depth--;
        return value;
    }

    private Map<String, @Nullable Object> object(JsonReader json, String path) throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.getFieldName();
            String memberPath = path.isEmpty() ? name : path + "." + name;
            json.nextToken();
            if (members.containsKey(name)) {
                faults.add(memberPath + ": stands twice (expected: once)");
            }
            members.put(name, value(json, memberPath));
        }
        return members;
    }

    private List<@Nullable Object> array(JsonReader json, String path) throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(json, path + "[" + elements.size() + "]"));
        }
        return elements;
    }
}
