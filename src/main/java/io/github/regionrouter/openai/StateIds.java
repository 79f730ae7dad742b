package io.github.regionrouter.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * R12: the names of state that lives in one resource. A call that names one is pinned to where it lives; an answer that names
 * one tells where that is. Encrypted content, which only its maker can read, is named by its digest.
 */
public final class StateIds {

    private static final Pattern ID =
            Pattern.compile("(?:resp|conv|file|vs|vsfb|cntr|cfile|batch|asst|thread|run|step|msg|rs|fc|mcp"
                    + "|mcpl|mcpr|ig|ci|ws|fs|cu|cmp|item|upload|part|ftjob|ftevent|ftckpt|eval|evalrun|audio|video|task|gen)[-_].{1,256}"
                    + "|assistant-.{1,256}");

    /** Members whose string value, or whose strings, name state wherever they stand in a request. */
    private static final Set<String> NAMING = Set.of(
            "assistant_id",
            "container",
            "container_id",
            "conversation",
            "file_id",
            "file_ids",
            "input_file_id",
            "previous_response_id",
            "thread_id",
            "training_file",
            "validation_file",
            "vector_store_id",
            "vector_store_ids");

    private static final Set<String> OF_A_LIST = Set.of("data", "first_id", "last_id");

    /** No id has these; they could be an id in disguise, which a region might see through. */
    private static final Pattern NOT_PLAIN = Pattern.compile("[\\p{Z}\\p{Cntrl}/\\\\;?#%]");

    /** In characters; a longer one is not remembered. */
    private static final int LONGEST = 300;

    private StateIds() {}

    /**
     * The ids among the segments of a path such as {@code /responses/resp_1/input_items}.
     *
     * @throws RefusedCall if one has a character that no id has
     */
    static Set<String> inPath(String operation) {
        Set<String> ids = new LinkedHashSet<>();
        int segments = 0;
        for (String segment : operation.substring(1).split("/", -1)) {
            String plain = RequestTarget.decoded(segment);
            if (NOT_PLAIN.matcher(plain).find()) {
                throw new RefusedCall(OpenAiError.invalidPath("has a character that no id has"));
            }
            if (segments++ > 0 && (ID.matcher(plain).matches() || !isWord(plain))) {
                ids.add(plain);
            }
        }
        return ids;
    }

    /**
     * Everything in an answer that may be named later. Not JSON: nothing. What a list shows may be anybody's, and metadata are
     * the caller's own words, so neither says whose an id is.
     */
    public static Set<String> inAnswer(byte[] body) {
        Set<String> ids = new LinkedHashSet<>();
        try (JsonParser json = JsonBody.JSON.createParser(body)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME && saysNothing(json)) {
                    json.nextToken();
                    json.skipChildren();
                    continue;
                }
                String name = json.currentToken() == JsonToken.VALUE_STRING ? nameOf(json.getParsingContext()) : null;
                if ("encrypted_content".equals(name)) {
                    ids.add(digest(json.getText()));
                } else if (name != null && (name.equals("id") || name.endsWith("_id"))) {
                    String id = json.getText();
                    if (ID.matcher(id).matches()
                            || (name.equals("id")
                                    && id.length() <= LONGEST
                                    && json.getParsingContext().getNestingDepth() == 1)) {
                        ids.add(id);
                    }
                }
            }
        } catch (IOException notJson) {
            return ids; // what was read is true all the same
        }
        return ids;
    }

    private static boolean saysNothing(JsonParser json) throws IOException {
        String name = json.currentName();
        boolean top = json.getParsingContext().getNestingDepth() == 1;
        return name.equals("metadata") || (top && OF_A_LIST.contains(name));
    }

    /**
     * The id that a string value of a request names, or null if it names none.
     *
     * @param top name of the top-level member it stands in
     */
    static @Nullable String named(JsonParser json, @Nullable String top) throws IOException {
        JsonStreamContext context = json.getParsingContext();
        String name = nameOf(context);
        if (name == null) {
            return null;
        }
        if (name.equals("encrypted_content")) {
            return digest(json.getText());
        }
        if (NAMING.contains(name)) {
            String value = json.getText();
            return name.equals("container") && !ID.matcher(value).matches() ? null : value;
        }
        if (!name.equals("id")) {
            return null;
        }
        JsonStreamContext parent = context.getParent();
        boolean ofParent = parent != null
                && ("conversation".equals(parent.getCurrentName()) || "audio".equals(parent.getCurrentName()));
        String id = json.getText();
        return ofParent || ("input".equals(top) && ID.matcher(id).matches()) ? id : null;
    }

    /** The member that a value stands in; for a value of an array, the member that the array is. */
    private static @Nullable String nameOf(JsonStreamContext context) {
        return context.inArray() && context.getParent() != null
                ? context.getParent().getCurrentName()
                : context.getCurrentName();
    }

    private static boolean isWord(String segment) {
        return segment.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '_');
    }

    private static String digest(String content) {
        return "encrypted:" + Fingerprint.of(content);
    }
}
