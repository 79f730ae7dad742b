/**
 * Floor 3: carries out what a {@link io.github.regionrouter.attempt.CallPlan} decides, on azure-core's pipeline. Asynchronous
 * throughout; knows transport, time-outs and pools, and decides nothing.
 */
@NullMarked
package io.github.regionrouter.pipeline;

import org.jspecify.annotations.NullMarked;
