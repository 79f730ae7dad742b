/**
 * Floor 1: which regions there are, how they feel, and which one to take. Pure Java: time and chance are handed in; HTTP,
 * Azure and JSON are unknown here.
 */
@NullMarked
package io.github.regionrouter.region;

import org.jspecify.annotations.NullMarked;
