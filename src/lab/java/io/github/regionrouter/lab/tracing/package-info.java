/** The picture of docs/tracing.md, drawn from a run. */
@NullMarked
package io.github.regionrouter.lab.tracing;

import org.jspecify.annotations.NullMarked;
