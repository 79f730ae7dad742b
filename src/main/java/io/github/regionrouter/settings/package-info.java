/**
 * Floor 2: the settings document, where it comes from, and what is wrong with it. Knows nothing of calls.
 */
@NullMarked
package io.github.regionrouter.settings;

import org.jspecify.annotations.NullMarked;
