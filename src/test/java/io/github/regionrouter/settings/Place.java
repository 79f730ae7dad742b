package io.github.regionrouter.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** An object of the settings document: a good one, and a good document around it. */
enum Place {
    DOCUMENT("", "## The document", Map.of("models", "{\"gpt-4o\": {\"regions\": [" + Place.REGION_TEXT + "]}}"), "%s"),
    MODEL(
            "/$defs/model",
            "## A model",
            Map.of("regions", "[" + Place.REGION_TEXT + "]"),
            "{\"models\": {\"gpt-4o\": %s}}"),
    REGION(
            "/$defs/region",
            "## A region",
            Map.of("name", "\"eastus\"", "endpoint", "\"https://e.openai.azure.com\""),
            "{\"models\": {\"gpt-4o\": {\"regions\": [%s]}}}"),
    REGION_KEY("/$defs/key", "## A secret", Map.of("value", "\"k\""), Place.beside("\"apiKey\": %s")),
    RETRY("/$defs/retry", "## Limits of one call", Map.of(), Documents.with("\"retry\": %s")),
    CALLER(
            "/$defs/caller",
            "## A caller",
            Map.of("name", "\"team-search\"", "keys", "[{\"value\": \"k\"}]"),
            Documents.with("\"callers\": [%s]")),
    CALLER_KEY(
            "/$defs/key",
            "## A secret",
            Map.of("value", "\"k\""),
            Documents.with("\"callers\": [{\"name\": \"team-search\", \"keys\": [%s]}]"));

    private static final String REGION_TEXT =
            "{\"name\": \"eastus\", \"endpoint\": \"https://e.openai.azure.com\", \"zone\": \"us\"}";

    private final String pointer;
    private final String heading;
    private final Map<String, String> members;
    private final String around;

    Place(String pointer, String heading, Map<String, String> members, String around) {
        this.pointer = pointer;
        this.heading = heading;
        this.members = members;
        this.around = around;
    }

    /** Where the schema describes it. */
    String pointer() {
        return pointer;
    }

    /** Where {@code docs/settings.md} explains it. */
    String heading() {
        return heading;
    }

    /** A good document. */
    String document() {
        return document(members);
    }

    /** A document with this member, in the place of the one of that name; of a secret, in the place of all. */
    String with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(isSecret() ? Map.of() : members);
        changed.put(name, value);
        return document(changed);
    }

    /** A document with this member beside the others. */
    String and(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return document(more);
    }

    String without(String... names) {
        Map<String, String> fewer = new LinkedHashMap<>(members);
        for (String name : names) {
            fewer.remove(name);
        }
        return document(fewer);
    }

    /** A document with something else in the place of the object. */
    String replacedBy(String value) {
        return around.replace("%s", value);
    }

    private boolean isSecret() {
        return this == REGION_KEY || this == CALLER_KEY;
    }

    private String document(Map<String, String> members) {
        return replacedBy(members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\": " + member.getValue())
                .collect(Collectors.joining(", ", "{", "}")));
    }

    private static String beside(String member) {
        return Documents.withRegions(Documents.region("eastus", member));
    }
}
