/**
 * Floor 1: the wire dialect of Azure OpenAI. Paths, where the model stands, error bodies, which headers pass. Knows
 * nothing of regions and of Azure's client libraries.
 */
@NullMarked
package io.github.regionrouter.openai;

import org.jspecify.annotations.NullMarked;
