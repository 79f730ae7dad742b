package io.github.regionrouter.lab.load;

/**
 * What a mark in a chart stands for.
 *
 * @param mark markup of our own
 * @param words any
 */
record Legend(String mark, String words) {

    /** A square in the colour of a kind of {@link ReportStyle}. */
    static String square(String kind) {
        return "<i class=\"" + kind + "\" aria-hidden=\"true\"></i>";
    }

    static Legend ofKind(String kind, String words) {
        return new Legend(square(kind), words);
    }
}
