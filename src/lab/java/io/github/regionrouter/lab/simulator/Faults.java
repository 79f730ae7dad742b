package io.github.regionrouter.lab.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults of one region at present, in the order in which they were added. Thread-safe. */
public final class Faults {

    private final List<Active> active = new ArrayList<>();

    Faults() {}

    /** Adds a fault behind those that are there. */
    public synchronized void add(Fault fault) {
        active.add(new Active(fault));
    }

    /** Puts these in the place of all. */
    public synchronized void replace(List<Fault> faults) {
        active.clear();
        faults.forEach(this::add);
    }

    /** Takes all faults away; requests already under way keep theirs. */
    public synchronized void clear() {
        active.clear();
    }

    /** How many faults still wait for a request. */
    public synchronized int size() {
        return active.size();
    }

    /** The first fault of a kind for a path; one request of its count is used up. */
    synchronized <T extends Fault> Optional<T> take(Class<T> kind, String path) {
        Optional<Active> first = active.stream()
                .filter(candidate -> kind.isInstance(candidate.fault) && path.endsWith(candidate.pathSuffix))
                .findFirst();
        first.filter(Active::usedUp).ifPresent(active::remove);
        return first.map(taken -> kind.cast(taken.fault));
    }

    private static final class Active {
        private final Fault fault;
        private final String pathSuffix;
        private int left;

        Active(Fault given) {
            boolean limited = given instanceof Fault.Limited;
            fault = limited ? ((Fault.Limited) given).fault() : given;
            pathSuffix = limited ? ((Fault.Limited) given).pathSuffix() : "";
            left = limited ? ((Fault.Limited) given).count() : Fault.Limited.ALWAYS;
        }

        boolean usedUp() {
            return left != Fault.Limited.ALWAYS && --left == 0;
        }
    }
}
