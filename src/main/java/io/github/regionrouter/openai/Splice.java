package io.github.regionrouter.openai;

/** Changes one range of bytes and no other (R13). */
final class Splice {

    private Splice() {}

    /** The body with the bytes from {@code start} to before {@code end} replaced. */
    static byte[] replace(byte[] body, int start, int end, byte[] replacement) {
        byte[] changed = new byte[body.length - (end - start) + replacement.length];
        System.arraycopy(body, 0, changed, 0, start);
        System.arraycopy(replacement, 0, changed, start, replacement.length);
        System.arraycopy(body, end, changed, start + replacement.length, body.length - end);
        return changed;
    }
}
