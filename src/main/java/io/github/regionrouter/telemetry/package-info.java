/** Floor 2: what is written down of calls. Knows nothing of how they are routed. */
@NullMarked
package io.github.regionrouter.telemetry;

import org.jspecify.annotations.NullMarked;
