package io.github.regionrouter.settings;

import java.util.stream.Stream;

/**
 * A document that both the schema and the reader are asked about.
 *
 * @param place the object that it is about
 * @param member the member that it is about, or empty if it is the object itself
 * @param document JSON
 * @param verdict what they must say
 */
record SchemaCase(Place place, String member, String document, Verdict verdict) {

    enum Verdict {
        GOOD,
        BAD,
        /** Bad, but a schema cannot say why. */
        BAD_FOR_THE_READER_ALONE
    }

    /** The member with each of these values, as JSON. */
    static Stream<SchemaCase> values(Verdict verdict, Place place, String member, String... values) {
        return Stream.of(values).map(value -> new SchemaCase(place, member, place.with(member, value), verdict));
    }

    @Override
    public String toString() {
        String shown = document.length() > 300 ? document.substring(0, 300) + "…" : document;
        return verdict + " " + place + "." + member + " " + shown.replace("\n", "");
    }
}
