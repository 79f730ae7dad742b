/** What {@code bench/} runs: the yardstick, the source of streams, the measures that take a client of their own, the report. */
@NullMarked
package io.github.regionrouter.lab.bench;

import org.jspecify.annotations.NullMarked;
