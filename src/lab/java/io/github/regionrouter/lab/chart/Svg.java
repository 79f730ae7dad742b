package io.github.regionrouter.lab.chart;

import java.util.Locale;

/** Writes a picture whose colours are those of the status page, in light and dark. */
public final class Svg {

    private static final String STYLE = """
            :root { --page: #f5f6f8; --panel: #fff; --line: #e3e7ec; --ink: #1b2430; --soft: #566171; --bar: #8592a7;
              --wait: #825000; --wait-mark: #bd7200; --bad: #a8261d; --bad-mark: #c93a30; --try: #1d57ac; --try-mark: #3a7bd9;
              --rest: #eceff3; }
            @media (prefers-color-scheme: dark) {
              :root { --page: #10141a; --panel: #181e26; --line: #29313c; --ink: #e5eaf1; --soft: #9ba7b7; --bar: #7889a1;
                --wait: #f2c06a; --wait-mark: #e0a136; --bad: #ff9d94; --bad-mark: #ec6a5f; --try: #94bdff; --try-mark: #5b95ee;
                --rest: #262e39; }
            }
            text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
              fill: var(--soft); font-variant-numeric: tabular-nums; }
            .page { fill: var(--page); } .panel { fill: var(--panel); stroke: var(--line); }
            .title { font-size: 15px; font-weight: 650; fill: var(--ink); } .name { font-weight: 600; fill: var(--ink); }
            .tick { font-size: 12px; } .end { text-anchor: end; } .middle { text-anchor: middle; }
            .grid { stroke: var(--line); } .span { stroke: var(--try-mark); stroke-width: 2; opacity: .55; }
            .rest { fill: var(--rest); } .served { fill: var(--bar); } .throttled { fill: var(--wait-mark); }
            .failed { fill: var(--bad-mark); } .retried, .high { fill: var(--try-mark); }
            .low { fill: var(--panel); stroke: var(--try-mark); stroke-width: 2; }
            .wait { fill: var(--wait); } .bad { fill: var(--bad); } .try { fill: var(--try); }
            """;

    private final StringBuilder text = new StringBuilder();

    /**
     * Begins a picture.
     *
     * @param description for those who do not see it
     */
    public Svg(int width, int height, String description) {
        begin(String.format(Locale.ROOT, " width=\"%d\" height=\"%d\"", width, height), width, height);
        text.append("<title>").append(escaped(description)).append("</title>\n");
        text.append("<style>\n").append(STYLE).append("</style>\n");
        rect("page", 0, 0, width, height, 0);
    }

    private Svg(String size, int width, int height) {
        begin(size, width, height);
    }

    /**
     * Begins a picture that stands in a page: without styles of its own, as wide as its place.
     *
     * @param description for those who do not see it
     */
    public static Svg inPage(int width, int height, String description) {
        return new Svg(" aria-label=\"" + escaped(description).replace("\"", "&quot;") + "\"", width, height);
    }

    private void begin(String size, int width, int height) {
        text.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\"%s viewBox=\"0 0 %d %d\" role=\"img\">%n",
                size,
                width,
                height));
    }

    public void rect(String kind, double x, double y, double width, double height, int radius) {
        add(
                "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"%s/>",
                kind,
                shortened(x),
                shortened(y),
                shortened(width),
                shortened(height),
                radius > 0 ? " rx=\"" + radius + "\"" : "");
    }

    public void line(String kind, double x1, double y1, double x2, double y2) {
        add(
                "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>",
                kind, shortened(x1), shortened(y1), shortened(x2), shortened(y2));
    }

    /** A line through points: x, y, x, y … */
    public void path(String kind, double... points) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < points.length; i += 2) {
            list.append(i == 0 ? "" : " ")
                    .append(shortened(points[i]))
                    .append(',')
                    .append(shortened(points[i + 1]));
        }
        add("<polyline class=\"%s\" points=\"%s\"/>", kind, list);
    }

    /** A place that tells something to those who point at it. */
    public void hint(double x, double y, double width, double height, String words) {
        add(
                "<rect class=\"hit\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"><title>%s</title></rect>",
                shortened(x), shortened(y), shortened(width), shortened(height), escaped(words));
    }

    public void dot(String kind, double x, double y) {
        add("<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"3.5\"/>", kind, shortened(x), shortened(y));
    }

    public void text(String kind, double x, double y, String words) {
        add("<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>", kind, shortened(x), shortened(y), escaped(words));
    }

    /** Text in several colours, one after the other: kind, words, kind, words … */
    public void words(String kind, double x, double y, String... kindsAndWords) {
        StringBuilder spans = new StringBuilder();
        for (int i = 0; i < kindsAndWords.length; i += 2) {
            spans.append("<tspan class=\"")
                    .append(kindsAndWords[i])
                    .append("\">")
                    .append(escaped(kindsAndWords[i + 1]))
                    .append("</tspan>");
        }
        add("<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>", kind, shortened(x), shortened(y), spans);
    }

    /** What the colours mean: kind, words, kind, words … */
    public void key(int x, int y, String... kindsAndWords) {
        int at = x;
        for (int i = 0; i < kindsAndWords.length; i += 2) {
            rect(kindsAndWords[i], at, y - 10, 10, 10, 2);
            text("", at + 17, y, kindsAndWords[i + 1]);
            at += 45 + 7 * kindsAndWords[i + 1].length();
        }
    }

    public String finished() {
        return text + "</svg>\n";
    }

    private void add(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String shortened(double number) {
        String rounded = String.format(Locale.ROOT, "%.1f", number);
        return rounded.endsWith(".0") ? rounded.substring(0, rounded.length() - 2) : rounded;
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;");
    }
}
