package io.github.regionrouter.lab.simulator;

import java.util.ArrayList;
import java.util.List;

/** The regions of a scenario, running, with one clock. */
public final class Simulator implements AutoCloseable {

    private final DrivenClock clock = new DrivenClock();
    private final List<SimulatedRegion> regions = new ArrayList<>();

    private Simulator() {}

    /** Starts all regions, or none: a port that is taken closes those which already run. */
    public static Simulator start(Scenario scenario) {
        Simulator simulator = new Simulator();
        try {
            scenario.regions().forEach(simulator::start);
            return simulator;
        } catch (RuntimeException e) {
            simulator.close();
            throw e;
        }
    }

    private void start(Scenario.Part part) {
        SimulatedRegion region = SimulatedRegion.start(part.config().clock(clock));
        regions.add(region);
        region.faults().replace(part.faults());
    }

    /** In the order of the scenario. */
    public List<SimulatedRegion> regions() {
        return List.copyOf(regions);
    }

    /** The clock of all regions. */
    public DrivenClock clock() {
        return clock;
    }

    @Override
    public void close() {
        regions.forEach(SimulatedRegion::close);
    }
}
