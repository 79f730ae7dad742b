/**
 * Floor 2: one call's story. Every rule of routing is decided here, as values: given what an attempt came to, send, wait or
 * finish. No I/O, no sleeping.
 */
@NullMarked
package io.github.regionrouter.attempt;

import org.jspecify.annotations.NullMarked;
