package io.github.regionrouter.lab.load;

/** Writes HTML; words go in through {@link #text} alone. */
final class Html {

    private final StringBuilder html = new StringBuilder();

    /** Markup of our own. */
    Html raw(String markup) {
        html.append(markup);
        return this;
    }

    /** Any words, also in a quoted attribute. */
    Html text(String words) {
        html.append(words.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;"));
        return this;
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
