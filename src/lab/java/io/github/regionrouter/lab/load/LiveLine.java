package io.github.regionrouter.lab.load;

import java.io.PrintStream;

/** The line of progress: written over itself on a terminal, one below the other elsewhere. Not thread-safe. */
final class LiveLine {

    private final PrintStream out;
    private final boolean terminal;
    private int length;

    LiveLine(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void show(String words) {
        String line = Words.plain(words);
        if (terminal) {
            // Spaces over what is left of a longer line; not every terminal knows the escape sequence for it.
            out.print("\r" + line + " ".repeat(Math.max(0, length - line.length())));
            length = line.length();
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
}
