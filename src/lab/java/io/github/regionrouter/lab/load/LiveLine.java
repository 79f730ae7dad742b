package io.github.regionrouter.lab.load;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * The line of progress: written over itself on a terminal, one below the other elsewhere. On a terminal it is never as wide as
 * that, for a line that wraps cannot be written over. Not thread-safe.
 */
final class LiveLine {

    private static final int USUAL_COLUMNS = 80;
    private static final int FEWEST_COLUMNS = 20;

    private final PrintStream out;
    private final boolean terminal;
    private final int width;
    private int length;

    /** @param columns of the terminal, as {@code COLUMNS} has them; null or nonsense for the usual ones */
    LiveLine(PrintStream out, boolean terminal, @Nullable String columns) {
        this.out = out;
        this.terminal = terminal;
        width = terminal ? columns(columns) - 1 : Integer.MAX_VALUE;
    }

    void show(Progress progress) {
        String line = Words.plain(progress.line(width));
        if (terminal) {
            String shown = line.substring(0, Math.min(width, line.length()));
            // Spaces over what is left of a longer line; not every terminal knows the escape sequence for it.
            out.print("\r" + shown + " ".repeat(Math.max(0, length - shown.length())));
            length = shown.length();
        } else {
            out.println(line);
        }
        out.flush();
    }

    /** Leaves the line as it is and goes to the next one. */
    void end() {
        if (terminal && length > 0) {
            out.println();
            length = 0;
        }
    }

    private static int columns(@Nullable String columns) {
        return columns != null && columns.matches("[0-9]{1,4}")
                ? Math.max(FEWEST_COLUMNS, Integer.parseInt(columns))
                : USUAL_COLUMNS;
    }
}
