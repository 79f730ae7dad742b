/**
 * Azure OpenAI regions in one JVM, a loopback port each, for tests, for the local run, and alone: {@code SimulatorCommand} and
 * docs/simulator.md.
 *
 * <p>A {@link io.github.regionrouter.lab.simulator.SimulatedRegion} answers as Azure does, according to the Azure OpenAI
 * documentation and to answers quoted in public issues; nothing was compared with the live service. Faults, the clock and the
 * log of received requests are steered from Java or through {@code /_simulator/} on the region's own port.
 *
 * <p>The way of a request: {@code SimulatedRegion} (socket) → {@code Exchanges} (log, faults) → {@code RegionService} (routes,
 * key) → a {@code Deployment} (cache, limit, content filter) → an {@code Operation} → an {@code Answer} → {@code AnswerWriter} (pace, faults of the answer). To add an
 * operation, write one {@code Operation} and add its rows to {@code Routes}.
 */
@NullMarked
package io.github.regionrouter.lab.simulator;

import org.jspecify.annotations.NullMarked;
