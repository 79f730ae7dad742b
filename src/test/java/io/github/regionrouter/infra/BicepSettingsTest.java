package io.github.regionrouter.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.regionrouter.settings.InvalidSettingsException;
import io.github.regionrouter.settings.RouterSettings;
import io.github.regionrouter.settings.RouterSettings.Caller;
import io.github.regionrouter.settings.Secrets;
import io.github.regionrouter.settings.SettingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The settings document that infra/main.bicep builds is one that the router reads. */
final class BicepSettingsTest {

    /** Where {@code .ci/run} puts what the parameter files give. */
    private static final Path BUILT = Path.of("target", "infra");

    /** What infra/main.bicepparam gives; {@code .ci/run} fails when it no longer does. */
    private static final String KEPT = "main.json";

    @Test
    void theDocumentOfTheDefaultParametersIsRead() throws Exception {
        RouterSettings settings = read(kept());

        assertThat(settings.table().models().keySet()).containsExactlyInAnyOrder("gpt-4o", "text-embedding-3-large");
        assertThat(settings.table().model("gpt-4o").regions())
                .extracting(region -> region.name() + " " + region.endpoint().getScheme())
                .containsExactlyInAnyOrder("swedencentral https", "eastus2 https", "westus3 https");
        assertThat(settings.callers())
                .singleElement()
                .satisfies(caller -> assertThat(caller.keys()).hasSize(2));
        assertThat(settings.anonymous()).isFalse();
    }

    @Test
    void theDocumentOfEachParameterFileIsRead() throws Exception {
        List<Path> documents = built();
        assumeTrue(!documents.isEmpty(), "No documents in " + BUILT + ": they need the checker that .ci/run looks for");

        for (Path document : documents) {
            RouterSettings settings = read(Files.readString(document));

            assertThat(settings.table().models()).as(document.toString()).isNotEmpty();
            assertThat(settings.anonymous() || !settings.callers().isEmpty())
                    .as("%s lets somebody in", document)
                    .isTrue();
            assertThat(settings.callers().stream().map(Caller::name))
                    .as(document.toString())
                    .doesNotHaveDuplicates();
        }
    }

    /** Every secret that a document names is there, each with a value of its own. */
    private static RouterSettings read(String document) throws InvalidSettingsException {
        return new SettingsReader(new Secrets() {
                    @Override
                    public String appSetting(String name) {
                        return "setting-" + name;
                    }

                    @Override
                    public String vaultSecret(String name) {
                        return "secret-" + name;
                    }
                })
                .read(document);
    }

    private static String kept() throws IOException {
        try (InputStream document = BicepSettingsTest.class.getResourceAsStream(KEPT)) {
            assertThat(document).as(KEPT).isNotNull();
            return new String(document.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Path> built() throws IOException {
        if (!Files.isDirectory(BUILT)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(BUILT)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }
}
