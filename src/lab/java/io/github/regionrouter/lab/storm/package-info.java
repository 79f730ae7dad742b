/**
 * The 429 storm on virtual time: the router's own {@link io.github.regionrouter.attempt.CallPlan} beside other ways to share
 * regions, in front of the same quotas and the same calls. docs/storm.md is what it prints.
 */
@NullMarked
package io.github.regionrouter.lab.storm;

import org.jspecify.annotations.NullMarked;
