package io.github.regionrouter.lab.load;

/**
 * How the line of an endpoint looks, by its place among the endpoints: eight colours, and a pattern that changes with every four
 * lines, so that lines of like colours and those of the ninth on differ in their dashes. The first 24 look all different.
 */
final class EndpointLook {

    static final int COLOURS = 8;
    static final int PATTERNS = 6;

    private static final int LINES_OF_A_PATTERN = 4;

    private EndpointLook() {}

    /** {@code e4 d1}: classes of {@link ReportStyle}. */
    static String classes(int endpoint) {
        return "e" + endpoint % COLOURS + " d" + endpoint / LINES_OF_A_PATTERN % PATTERNS;
    }

    /** A piece of the line, for legends and tables. */
    static String mark(int endpoint) {
        return "<svg class=\"mark\" viewBox=\"0 0 26 10\" aria-hidden=\"true\"><line class=\"line " + classes(endpoint)
                + "\" x1=\"1\" y1=\"5\" x2=\"25\" y2=\"5\"/></svg>";
    }
}
