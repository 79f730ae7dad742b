package io.github.regionrouter.pipeline;

import reactor.netty.resources.LoopResources;

/**
 * The event loops that calls come in by and go out by: one for each core. Reactor Netty takes four where there
 * are fewer cores, and then a call is handed from loop to loop, each time with a system call to wake the other one up: on two cores
 * a bare proxy paid a quarter of its CPU for that (docs/decisions.md). Nothing on them may block; names are looked
 * up by Netty itself.
 */
public final class EventLoops {

    private static final LoopResources OF_PROCESS =
            LoopResources.create("region-router", Runtime.getRuntime().availableProcessors(), true);

    private EventLoops() {}

    /** Those of the process, for callers and regions alike; they last as long as it does. */
    public static LoopResources ofProcess() {
        return OF_PROCESS;
    }
}
