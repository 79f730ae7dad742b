/** The engine: one URL in place of several regions of Azure OpenAI. */
@NullMarked
package io.github.regionrouter;

import org.jspecify.annotations.NullMarked;
