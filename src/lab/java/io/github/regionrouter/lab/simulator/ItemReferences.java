package io.github.regionrouter.lab.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The items that an input names by their ids: the region must have stored them, also those that are there whole. What has {@code
 * encrypted_content} carries its state itself, and a name of the caller's own is none of a stored item.
 */
final class ItemReferences {

    private static final Pattern STORED = Pattern.compile("(msg|rs|fc)_.+");

    private final KeptResponses kept;

    ItemReferences(KeptResponses kept) {
        this.kept = kept;
    }

    /** Ends the call with 400 at the first item that is not there. */
    void check(JsonObject body) {
        for (Object element : body.list("input")) {
            JsonObject item = JsonObject.of(element).orElse(JsonObject.EMPTY);
            item.text("id")
                    .filter(id -> isReference(item) || (STORED.matcher(id).matches() && !item.has("encrypted_content")))
                    .filter(id -> kept.item(id) == null)
                    .ifPresent(ItemReferences::refuseUnknown);
        }
    }

    /** The text of the input, with that of the items which it only names. */
    PromptText read(JsonObject body) {
        List<@Nullable Object> input = new ArrayList<>();
        for (Object element : body.list("input")) {
            input.add(stored(element).<Object>map(PromptText::texts).orElse(element));
        }
        return PromptText.of(input);
    }

    private Optional<PromptText> stored(Object element) {
        return JsonObject.of(element)
                .filter(ItemReferences::isReference)
                .flatMap(item -> item.text("id"))
                .map(kept::item);
    }

    private static boolean isReference(JsonObject item) {
        boolean named = item.text("type").equals(Optional.of("item_reference"));
        return named || (!item.has("type") && !item.has("role"));
    }

    private static void refuseUnknown(String id) {
        throw Refusal.badRequest(
                "Item with id '" + id + "' not found. Items are not persisted when `store` is set to false. Try again"
                        + " with `store` set to true, or remove this item from your input.",
                "input");
    }
}
