package io.github.regionrouter.lab.bench;

import java.util.List;

/** What is sent while a gateway is saturated. */
record Cell(String scenario, String body, String title) {

    static final List<Cell> ALL = List.of(
            new Cell("healthy", "small", "600 B"),
            new Cell("busy", "small", "600 B, a region at 429"),
            new Cell("healthy", "100k", "100 KB"),
            new Cell("busy", "100k", "100 KB, a region at 429"),
            new Cell("healthy", "1m", "1 MB"),
            new Cell("busy", "1m", "1 MB, a region at 429"));
}
