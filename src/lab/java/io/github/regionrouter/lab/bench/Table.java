package io.github.regionrouter.lab.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table in Markdown: the first column holds words, the others figures. */
final class Table {

    private final List<String> lines = new ArrayList<>();

    Table(String... heads) {
        row(List.of(heads));
        lines.add("|---|" + String.join("", Collections.nCopies(heads.length - 1, "---:|")));
    }

    void row(List<String> cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    static String cell(@Nullable Spread figure) {
        return figure == null ? "–" : figure.text();
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
