package io.github.regionrouter.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.regionrouter.settings.SchemaCase.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/settings.schema.json} agrees with the reader: both are asked about the same documents. */
class SettingsSchemaTest {

    private static final List<SchemaCase> CASES =
            Stream.concat(MemberCases.all(), WholeCases.all()).toList();

    static Stream<SchemaCase> cases() {
        return CASES.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theSchemaAndTheReaderSayTheSame(SchemaCase asked) {
        if (asked.verdict() == Verdict.GOOD) {
            assertThatCode(() -> NamedSecrets.read(asked.document()))
                    .as("the reader")
                    .doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> NamedSecrets.read(asked.document()))
                    .as("the reader")
                    .isInstanceOf(InvalidSettingsException.class);
        }
        if (asked.verdict() == Verdict.BAD) {
            assertThat(SettingsSchema.faults(asked.document())).as("the schema").isNotEmpty();
        } else {
            assertThat(SettingsSchema.faults(asked.document())).as("the schema").isEmpty();
        }
    }

    @Test
    void everyPropertyHasGoodAndBadCases() {
        assertThat(asked(Verdict.GOOD)).containsAll(properties());
        assertThat(asked(Verdict.BAD)).containsAll(properties());
    }

    @Test
    void everyObjectForbidsUnknownPropertiesAndHasACaseForIt() {
        assertThat(SettingsSchema.closedObjects())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Place.values())
                        .map(Place::pointer)
                        .distinct()
                        .toList());
        assertThat(asked(Verdict.BAD))
                .containsAll(Arrays.stream(Place.values())
                        .map(place -> place + ".colour")
                        .toList());
    }

    @Test
    void theSchemaIsASchema() {
        assertThat(SettingsSchema.faultsOfItsOwn()).isEmpty();
    }

    @Test
    void everyPropertyIsDescribed() {
        for (Place place : Place.values()) {
            for (String name : SettingsSchema.properties(place)) {
                JsonNode property = SettingsSchema.property(place, name);
                String description = property.path("description").asText();
                if (description.isEmpty() && property.has("$ref")) {
                    description = SettingsSchema.TEXT
                            .at(property.get("$ref").asText().substring(1))
                            .path("description")
                            .asText();
                }
                assertThat(description).as(place + "." + name).isNotBlank();
            }
        }
    }

    @Test
    void aDefaultThatIsWrittenOutChangesNothing() throws InvalidSettingsException {
        int found = 0;
        for (Place place : Place.values()) {
            for (String name : SettingsSchema.properties(place)) {
                JsonNode otherwise = SettingsSchema.property(place, name).path("default");
                if (!otherwise.isMissingNode()) {
                    found++;
                    assertThat(NamedSecrets.read(place.with(name, otherwise.toString())))
                            .as(place + "." + name)
                            .isEqualTo(NamedSecrets.read(place.without(name)));
                }
            }
        }
        assertThat(found).isGreaterThan(7);
    }

    private static Set<String> asked(Verdict verdict) {
        return CASES.stream()
                .filter(asked -> asked.verdict() == verdict)
                .map(asked -> asked.place() + "." + asked.member())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> properties() {
        return Arrays.stream(Place.values())
                .flatMap(place -> SettingsSchema.properties(place).stream().map(name -> place + "." + name))
                .toList();
    }
}
