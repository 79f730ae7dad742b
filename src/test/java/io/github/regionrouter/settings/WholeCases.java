package io.github.regionrouter.settings;

import static io.github.regionrouter.settings.Place.CALLER;
import static io.github.regionrouter.settings.Place.CALLER_KEY;
import static io.github.regionrouter.settings.Place.DOCUMENT;
import static io.github.regionrouter.settings.Place.MODEL;
import static io.github.regionrouter.settings.Place.REGION;
import static io.github.regionrouter.settings.Place.REGION_KEY;
import static io.github.regionrouter.settings.SchemaCase.Verdict.BAD;
import static io.github.regionrouter.settings.SchemaCase.Verdict.BAD_FOR_THE_READER_ALONE;
import static io.github.regionrouter.settings.SchemaCase.Verdict.GOOD;
import static io.github.regionrouter.settings.SchemaCase.values;

import io.github.regionrouter.settings.SchemaCase.Verdict;
import java.util.stream.Stream;

/** What takes more than one member: those that are missing, unknown or at odds, names of models, endpoints. */
final class WholeCases {

    private static final String KEYS = "\"keys\": [{\"value\": \"k\"}]";

    private WholeCases() {}

    static Stream<SchemaCase> all() {
        return Stream.of(members(), secrets(), models(), zones(), endpoints(), forTheReaderAlone())
                .flatMap(cases -> cases);
    }

    private static Stream<SchemaCase> members() {
        return Stream.concat(
                Stream.of(Place.values())
                        .flatMap(place -> Stream.of(
                                new SchemaCase(place, "", place.document(), GOOD),
                                new SchemaCase(place, "colour", place.and("colour", "\"green\""), BAD),
                                new SchemaCase(place, "colour", place.with("colour", "\"green\""), BAD),
                                new SchemaCase(place, "$schema", place.and("$schema", "\"settings.schema.json\""), BAD),
                                new SchemaCase(place, "", place.and("", "\"green\""), BAD))),
                Stream.of(
                        new SchemaCase(DOCUMENT, "Anonymous", DOCUMENT.and("Anonymous", "true"), BAD),
                        new SchemaCase(REGION, "Weight", REGION.and("Weight", "1"), BAD),
                        new SchemaCase(DOCUMENT, "models", DOCUMENT.without("models"), BAD),
                        new SchemaCase(MODEL, "regions", MODEL.without("regions"), BAD),
                        new SchemaCase(REGION, "name", REGION.without("name"), BAD),
                        new SchemaCase(REGION, "endpoint", REGION.without("endpoint"), BAD),
                        new SchemaCase(CALLER, "name", CALLER.without("name"), BAD),
                        new SchemaCase(CALLER, "keys", CALLER.without("keys"), BAD),
                        caller(GOOD, "\"principals\": [\"p\"]"),
                        caller(GOOD, "\"keys\": [], \"principals\": [\"p\"]"),
                        caller(GOOD, KEYS + ", \"principals\": []"),
                        caller(BAD, "\"keys\": [], \"principals\": []"),
                        caller(BAD, "\"principals\": []")));
    }

    private static Stream<SchemaCase> secrets() {
        return Stream.of(REGION_KEY, CALLER_KEY)
                .flatMap(place -> Stream.of(
                                "{}",
                                "{\"value\": \"k\", \"setting\": \"A\"}",
                                "{\"value\": \"k\", \"secret\": \"a\"}",
                                "{\"setting\": \"A\", \"secret\": \"a\"}",
                                "{\"value\": \"k\", \"setting\": \"A\", \"secret\": \"a\"}")
                        .map(secret -> new SchemaCase(place, "", place.replacedBy(secret), BAD)));
    }

    /** A model's name is also its deployment's, unless that is named. */
    private static Stream<SchemaCase> models() {
        String bare = "{\"name\": \"eastus\", \"endpoint\": \"https://e.openai.azure.com\"}";
        String named = "{\"name\": \"westus\", \"endpoint\": \"https://w.openai.azure.com\", \"deployment\": \"d\"}";
        return Stream.of(
                        Stream.of("a", "0", "gpt-4o", "a._-", "x".repeat(64))
                                .flatMap(name -> Stream.of(model(GOOD, name, bare), model(GOOD, name, named))),
                        Stream.of("ft:gpt-4o:team", "a:", "x".repeat(65), "x".repeat(128))
                                .flatMap(name -> Stream.of(
                                        model(BAD, name, bare),
                                        model(BAD, name, named + ", " + bare),
                                        model(GOOD, name, named))),
                        Stream.of("7", "[]", "null", "{}", "{\"regions\": [" + named + "], \"colour\": \"green\"}")
                                .map(model -> "{\"models\": {\"ft:gpt-4o:team\": " + model + "}}")
                                .map(document -> new SchemaCase(DOCUMENT, "models", document, BAD)),
                        Stream.of("", " ", "a b", ":a", "-a", "a/b", "ä", "a\\n", "x".repeat(129))
                                .map(name -> model(BAD, name, named)))
                .flatMap(cases -> cases);
    }

    private static Stream<SchemaCase> zones() {
        String without = Documents.region("eastus");
        String with = Documents.region("westus", "\"zone\": \"us\"");
        return Stream.of(
                new SchemaCase(MODEL, "stayInZone", zones("true", with), GOOD),
                new SchemaCase(MODEL, "stayInZone", zones("true", without), BAD),
                new SchemaCase(MODEL, "stayInZone", zones("true", without + ", " + with), BAD),
                new SchemaCase(MODEL, "stayInZone", zones("true", with + ", " + without), BAD),
                new SchemaCase(MODEL, "stayInZone", zones("false", without), GOOD));
    }

    private static Stream<SchemaCase> endpoints() {
        return Stream.of(
                        Endpoints.GOOD.stream().flatMap(text -> endpoint(GOOD, text)),
                        Endpoints.BAD.stream().flatMap(text -> endpoint(BAD, text)),
                        Endpoints.BAD_FOR_THE_READER_ALONE.stream()
                                .flatMap(text -> endpoint(BAD_FOR_THE_READER_ALONE, text)),
                        values(BAD, REGION, "endpoint", "null", "7", "true", "[]", "{}"))
                .flatMap(cases -> cases);
    }

    private static Stream<SchemaCase> forTheReaderAlone() {
        String east = Documents.region("eastus");
        String west = east.replace("\"eastus\"", "\"westus\"");
        return Stream.of(
                alone(MODEL, Documents.withRegions(east, east.replace("https://eastus", "https://e2"))),
                alone(MODEL, Documents.withRegions(east, west)),
                alone(MODEL, Documents.withRegions(east, west.replace("https://eastus", "HTTPS://EastUS"))),
                alone(MODEL, Documents.withRegions(east, west.replace(".com", ".com:443/"))),
                alone(DOCUMENT, Documents.with("\"anonymous\": false, \"anonymous\": false")),
                alone(DOCUMENT, Documents.SMALLEST + " ".repeat(25 * 1024)),
                alone(CALLER, callers("\"a\", " + KEYS, "\"a\", \"keys\": [{\"value\": \"l\"}]")),
                alone(CALLER, callers("\"a\", " + KEYS, "\"b\", " + KEYS)),
                alone(CALLER, callers("\"a\", \"keys\": [{\"value\": \"k\"}, {\"value\": \"k\"}]")),
                alone(CALLER, callers("\"a\", \"principals\": [\"p\"]", "\"b\", \"principals\": [\"p\"]")),
                alone(CALLER, CALLER.with("models", "[\"gpt-5\"]")),
                alone(REGION_KEY, REGION_KEY.with("setting", "\"NONE\"")),
                alone(REGION_KEY, REGION_KEY.with("setting", "\"BLANK\"")),
                alone(REGION_KEY, REGION_KEY.with("setting", "\"UNRESOLVED\"")),
                alone(REGION_KEY, REGION_KEY.with("setting", "\"SPACED\"")),
                alone(REGION_KEY, REGION_KEY.with("secret", "\"none\"")),
                alone(REGION_KEY, REGION_KEY.with("secret", "\"blank\"")),
                alone(REGION_KEY, REGION_KEY.with("secret", "\"spaced\"")),
                alone(CALLER_KEY, CALLER_KEY.with("setting", "\"NONE\"")),
                alone(CALLER_KEY, CALLER_KEY.with("setting", "\"SPACED\"")),
                alone(CALLER, callers("\"anonymous\", " + KEYS)),
                alone(CALLER_KEY, CALLER_KEY.with("secret", "\"none\"")));
    }

    private static SchemaCase alone(Place place, String document) {
        return new SchemaCase(place, "", document, BAD_FOR_THE_READER_ALONE);
    }

    private static SchemaCase caller(Verdict verdict, String members) {
        return new SchemaCase(CALLER, "principals", callers("\"a\", " + members), verdict);
    }

    private static String callers(String... callers) {
        return Documents.with("\"callers\": [{\"name\": " + String.join("}, {\"name\": ", callers) + "}]");
    }

    private static SchemaCase model(Verdict verdict, String name, String regions) {
        return new SchemaCase(
                DOCUMENT, "models", "{\"models\": {\"" + name + "\": {\"regions\": [" + regions + "]}}}", verdict);
    }

    private static String zones(String stay, String regions) {
        return MODEL.replacedBy("{\"stayInZone\": " + stay + ", \"regions\": [" + regions + "]}");
    }

    private static Stream<SchemaCase> endpoint(Verdict verdict, String text) {
        return values(verdict, REGION, "endpoint", "\"" + text + "\"");
    }
}
