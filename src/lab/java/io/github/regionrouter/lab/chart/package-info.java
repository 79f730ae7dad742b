/** Pictures that the laboratory draws. */
@NullMarked
package io.github.regionrouter.lab.chart;

import org.jspecify.annotations.NullMarked;
