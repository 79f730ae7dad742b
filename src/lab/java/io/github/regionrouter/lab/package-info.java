/** The laboratory: what the router is tried with. None of it is deployed. */
@NullMarked
package io.github.regionrouter.lab;

import org.jspecify.annotations.NullMarked;
