package io.github.regionrouter.lab.load;

/** Makes what a server says fit to be printed and written: one short line, without secrets and without what moves a cursor. */
final class ServerText {

    private static final int LONGEST = 200;
    private static final int REPLACEMENT = '\ufffd';

    private final Secrets secrets;

    ServerText(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Secrets go first: behind a cut or between other spaces they would not be found. */
    String line(String text) {
        String line = printable(secrets.masked(text).strip().replaceAll("\\s+", " "));
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…";
    }

    /** A terminal obeys control characters, and marks of direction show a text as another one. */
    static String printable(String text) {
        return text.codePoints()
                .map(point -> isSafe(point) ? point : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isSafe(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            case Character.FORMAT -> !isDirection(point);
            default -> true;
        };
    }

    /** Unicode's bidirectional marks, embeddings, overrides and isolates. */
    private static boolean isDirection(int point) {
        return point == 0x061c
                || point == 0x200e
                || point == 0x200f
                || point >= 0x202a && point <= 0x202e
                || point >= 0x2066 && point <= 0x2069;
    }
}
