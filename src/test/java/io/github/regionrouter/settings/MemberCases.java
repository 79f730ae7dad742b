package io.github.regionrouter.settings;

import static io.github.regionrouter.settings.Place.CALLER;
import static io.github.regionrouter.settings.Place.CALLER_KEY;
import static io.github.regionrouter.settings.Place.DOCUMENT;
import static io.github.regionrouter.settings.Place.MODEL;
import static io.github.regionrouter.settings.Place.REGION;
import static io.github.regionrouter.settings.Place.REGION_KEY;
import static io.github.regionrouter.settings.Place.RETRY;
import static io.github.regionrouter.settings.SchemaCase.Verdict.BAD;
import static io.github.regionrouter.settings.SchemaCase.Verdict.GOOD;
import static io.github.regionrouter.settings.SchemaCase.values;

import java.math.BigDecimal;
import java.util.stream.Stream;

/** Each member of the document by itself: its type, its bounds from both sides, its pattern. */
final class MemberCases {

    private static final BigDecimal LITTLE = new BigDecimal("0.001");

    private MemberCases() {}

    static Stream<SchemaCase> all() {
        return Stream.of(numbers(), names(), keys(), flags(), lists(), objects())
                .flatMap(cases -> cases);
    }

    private static Stream<SchemaCase> numbers() {
        return Stream.of(
                        whole(REGION, "priority", 1, 1000),
                        whole(REGION, "weight", 1, 1000),
                        whole(RETRY, "maxAttempts", 1, 100),
                        whole(CALLER, "tokensPerMinute", 1, 1_000_000_000),
                        whole(CALLER, "requestsPerMinute", 1, 1_000_000),
                        seconds("maxWaitSeconds", 0, 200),
                        seconds("deadlineSeconds", 1, 220),
                        seconds("attemptTimeoutSeconds", 1, 220),
                        seconds("firstEventTimeoutSeconds", 1, 220),
                        seconds("idleTimeoutSeconds", 1, 200))
                .flatMap(cases -> cases);
    }

    private static Stream<SchemaCase> whole(Place place, String member, int least, int most) {
        return Stream.of(
                        number(place, member, least, most),
                        values(GOOD, place, member, least + ".0", least + "e0", "2e1"),
                        values(BAD, place, member, least + ".5", least + ".001", "2.5"))
                .flatMap(cases -> cases);
    }

    private static Stream<SchemaCase> seconds(String member, int least, int most) {
        return Stream.of(
                        number(RETRY, member, least, most),
                        values(GOOD, RETRY, member, least + ".5", least + ".001", most + ".000", "2.5"))
                .flatMap(cases -> cases);
    }

    private static Stream<SchemaCase> number(Place place, String member, int least, int most) {
        String below = BigDecimal.valueOf(least).subtract(LITTLE).toString();
        return Stream.of(
                        values(GOOD, place, member, "" + least, "" + most, "" + (least + most) / 2),
                        values(BAD, place, member, "" + (least - 1), below, "-7", "-1e400"),
                        values(BAD, place, member, "" + (most + 1), most + ".001", "99999999999", "1e400"),
                        values(BAD, place, member, "\"5\"", "\"\"", "true", "null", "[]", "[5]", "{}"))
                .flatMap(cases -> cases);
    }

    private static Stream<SchemaCase> names() {
        String[] good = {"a", "A9", "0", "a.b_c-d", "a-", "x".repeat(64)};
        String[] bad = {"", " ", "a b", " a", "-a", ".a", "_a", "a:b", "a/b", "a,b", "a;b", "ä", "a\\n", "x".repeat(65)
        };
        return Stream.of(
                        texts(REGION, "name", good, bad),
                        texts(REGION, "deployment", good, bad),
                        texts(REGION, "zone", good, bad),
                        texts(CALLER, "name", good, bad),
                        texts(CALLER, "zone", good, bad))
                .flatMap(cases -> cases);
    }

    private static Stream<SchemaCase> keys() {
        String[] secretNames = {"a", "-", "AOAI-key-2", "x".repeat(127)};
        String[] noSecretNames = {"", " ", "a_b", "a.b", "a b", "a/1", "ä", "a\\n", "x".repeat(128)};
        String[] filled = {"A", "a b", " a ", "a\\n", "ä", "\\u00a0", "\\u2007"};
        String[] blank = {"", " ", "\\t", "\\r\\n", "\\u001c\\u001f", "\\u1680", "\\u2003", "\\u2028", "\\u3000"};
        String[] carried = {"k", "!", "~", "a\\\"b", "0123456789abcdef"};
        String[] notCarried = {"", " ", "k k", " k", "k ", "k\\t", "k\\n", "\\u0000", "\\u007f", "ä"};
        return Stream.of(
                        texts(REGION_KEY, "secret", secretNames, noSecretNames),
                        texts(CALLER_KEY, "secret", secretNames, noSecretNames),
                        texts(REGION_KEY, "setting", filled, blank),
                        texts(CALLER_KEY, "setting", filled, blank),
                        texts(REGION_KEY, "value", carried, notCarried),
                        texts(CALLER_KEY, "value", carried, notCarried))
                .flatMap(cases -> cases);
    }

    private static Stream<SchemaCase> texts(Place place, String member, String[] good, String[] bad) {
        return Stream.of(
                        Stream.of(good).flatMap(text -> values(GOOD, place, member, "\"" + text + "\"")),
                        Stream.of(bad).flatMap(text -> values(BAD, place, member, "\"" + text + "\"")),
                        values(BAD, place, member, "7", "true", "null", "[]", "[\"a\"]", "{}"))
                .flatMap(cases -> cases);
    }

    private static Stream<SchemaCase> flags() {
        return Stream.of("DOCUMENT.anonymous", "MODEL.stayInZone", "CALLER.forceRegion")
                .map(flag -> flag.split("\\."))
                .flatMap(flag -> Stream.concat(
                        values(GOOD, Place.valueOf(flag[0]), flag[1], "true", "false"),
                        values(BAD, Place.valueOf(flag[0]), flag[1], "null", "0", "1", "\"true\"", "[]", "{}")));
    }

    private static Stream<SchemaCase> lists() {
        String[] noLists = {"null", "7", "true", "\"x\"", "{}", "[7]", "[null]", "[true]", "[[]]"};
        return Stream.of(
                        values(BAD, DOCUMENT, "callers", noLists),
                        values(GOOD, DOCUMENT, "callers", "[]"),
                        values(BAD, MODEL, "regions", noLists),
                        values(BAD, MODEL, "regions", "[]", "[\"eastus\"]"),
                        values(GOOD, MODEL, "regions", "[" + Documents.region("a") + "," + Documents.region("b") + "]"),
                        values(BAD, CALLER, "keys", noLists),
                        values(BAD, CALLER, "keys", "[]", "[\"k\"]"),
                        values(GOOD, CALLER, "keys", "[{\"setting\": \"A\"}, {\"secret\": \"a\"}, {\"value\": \"k\"}]"),
                        values(BAD, CALLER, "principals", noLists),
                        values(BAD, CALLER, "principals", "[\"\"]", "[\" \"]", "[\"a\", {}]"),
                        values(GOOD, CALLER, "principals", "[]", "[\"a\"]", "[\"a\", \"b\"]"),
                        values(BAD, CALLER, "models", noLists),
                        values(BAD, CALLER, "models", "[\"\"]", "[\" \"]", "[\"gpt-4o\", \"a b\"]"),
                        values(GOOD, CALLER, "models", "[]", "[\"gpt-4o\"]"))
                .flatMap(cases -> cases);
    }

    private static Stream<SchemaCase> objects() {
        String[] noObjects = {"null", "7", "true", "\"x\"", "[]", "[{}]"};
        return Stream.of(
                        values(BAD, DOCUMENT, "models", noObjects),
                        values(BAD, DOCUMENT, "retry", noObjects),
                        values(BAD, REGION, "apiKey", noObjects),
                        Stream.of(Place.values())
                                .flatMap(place -> Stream.of(noObjects)
                                        .map(value -> new SchemaCase(place, "", place.replacedBy(value), BAD))),
                        values(BAD, DOCUMENT, "models", "{}"),
                        values(GOOD, DOCUMENT, "retry", "{}"),
                        values(GOOD, REGION, "apiKey", "{\"setting\": \"A\"}"))
                .flatMap(cases -> cases);
    }
}
