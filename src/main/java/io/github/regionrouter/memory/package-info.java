/**
 * Floor 2: what one call tells the next: where state lives (R12), and which region failed a call that its client sends again
 * (R10). Bounded; lost with the process.
 */
@NullMarked
package io.github.regionrouter.memory;

import org.jspecify.annotations.NullMarked;
