package io.github.regionrouter.lab.simulator;

import java.util.HexFormat;

/** One grey pixel as PNG. */
final class Pixel {

    private static final String PNG = "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
            + "0000000a49444154789c636800000082008177cd72b60000000049454e44ae426082";

    private Pixel() {}

    static byte[] png() {
        return HexFormat.of().parseHex(PNG);
    }
}
