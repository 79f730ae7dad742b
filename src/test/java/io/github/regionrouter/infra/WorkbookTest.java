package io.github.regionrouter.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A workbook holds copies of its queries; those that are looked after stand in infra/queries. */
final class WorkbookTest {

    private static final Path INFRA = Path.of("infra");
    private static final int QUERY_ITEM = 3;

    @Test
    void eachQueryOfTheWorkbookIsTheFileOfItsName() throws IOException {
        Map<String, String> shown = workbookQueries();

        assertThat(shown).isNotEmpty();
        Map<String, String> kept = new TreeMap<>();
        for (String name : shown.keySet()) {
            kept.put(name, Files.readString(query(name)));
        }
        assertThat(shown).isEqualTo(kept);
    }

    @Test
    void everyFileIsShownRaisesAnAlertOrIsListedInTheDocuments() throws IOException {
        String elsewhere = text(INFRA.resolve("modules"), ".bicep") + text(Path.of("docs"), ".md");
        Set<String> unused = new TreeSet<>(queryFiles());
        unused.removeAll(workbookQueries().keySet());
        unused.removeIf(name -> elsewhere.contains(name + ".kql"));

        assertThat(unused).isEmpty();
    }

    private static Map<String, String> workbookQueries() throws IOException {
        Map<String, String> queries = new TreeMap<>();
        try (JsonReader json = JsonProviders.createReader(Files.readString(INFRA.resolve("workbook.json")))) {
            collect(json.readMap(JsonReader::readUntyped), queries);
        }
        return queries;
    }

    /** Groups have items of their own. */
    private static void collect(Map<?, ?> group, Map<String, String> queries) {
        for (Object item : (List<?>) group.get("items")) {
            Map<?, ?> fields = (Map<?, ?>) item;
            Map<?, ?> content = (Map<?, ?>) fields.get("content");
            if (((Number) fields.get("type")).intValue() == QUERY_ITEM) {
                queries.put((String) fields.get("name"), (String) content.get("query"));
            } else if (content.containsKey("items")) {
                collect(content, queries);
            }
        }
    }

    private static Set<String> queryFiles() throws IOException {
        try (Stream<Path> files = Files.list(INFRA.resolve("queries"))) {
            return files.map(file -> file.getFileName().toString().replace(".kql", ""))
                    .collect(Collectors.toSet());
        }
    }

    private static Path query(String name) {
        return INFRA.resolve("queries").resolve(name + ".kql");
    }

    private static String text(Path folder, String suffix) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(suffix)).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
