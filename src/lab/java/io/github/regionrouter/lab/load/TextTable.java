package io.github.regionrouter.lab.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table for terminals of 80 columns. A name that is too long for its column has a line of its own. Not thread-safe. */
final class TextTable {

    /** A terminal's last column is left free: some wrap there. */
    static final int WIDTH = 79;

    private static final String INDENT = "  ";
    private static final int LEAST = 7;

    private final List<String[]> rows = new ArrayList<>();
    private final List<String> beneath = new ArrayList<>();

    /** @param columns the title first, then what stands above the numbers */
    TextTable(String... columns) {
        row(columns);
    }

    /** @param cells the name first */
    TextTable row(String... cells) {
        rows.add(cells);
        beneath.add("");
        return this;
    }

    /** Words beneath the last row. */
    void beneath(String words) {
        beneath.set(beneath.size() - 1, words);
    }

    List<String> lines() {
        int[] widths = widths();
        int numbers = Arrays.stream(widths).skip(1).map(width -> width + 1).sum();
        int names = WIDTH - INDENT.length() - numbers;
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            String[] cells = rows.get(i);
            StringBuilder line = new StringBuilder(INDENT);
            if (cells[0].length() > names) {
                lines.add(INDENT + cells[0]);
                line.append(" ".repeat(names));
            } else {
                line.append(cells[0]).append(" ".repeat(names - cells[0].length()));
            }
            for (int column = 1; column < cells.length; column++) {
                line.append(" ".repeat(widths[column] + 1 - cells[column].length()))
                        .append(cells[column]);
            }
            lines.add(line.toString());
            lines.addAll(wrapped("      ", beneath.get(i)));
        }
        return lines;
    }

    /** Words in lines of this width at most, unless one of them is longer by itself. */
    static List<String> wrapped(String indent, String words) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words.isBlank() ? new String[0] : words.split(" ")) {
            if (!line.isEmpty() && indent.length() + line.length() + 1 + word.length() > WIDTH) {
                lines.add(indent + line);
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        if (!line.isEmpty()) {
            lines.add(indent + line);
        }
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[rows.get(0).length];
        Arrays.fill(widths, LEAST);
        for (String[] cells : rows) {
            for (int column = 1; column < cells.length; column++) {
                widths[column] = Math.max(widths[column], cells[column].length());
            }
        }
        return widths;
    }
}
