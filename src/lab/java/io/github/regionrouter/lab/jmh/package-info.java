/** Microbenchmarks of what every call goes through: {@code mvn test-compile exec:exec@jmh}. Averages in nanoseconds. */
@NullMarked
package io.github.regionrouter.lab.jmh;

import org.jspecify.annotations.NullMarked;
