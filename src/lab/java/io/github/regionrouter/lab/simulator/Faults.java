package io.github.regionrouter.lab.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The faults of one region at present, in the order in which they were added. Thread-safe. */
public final class Faults {

    private final LongSupplier clock;
    private final List<Active> active = new ArrayList<>();

    /** Whether there is nothing to take: most requests of a run under load meet no fault, and need no lock for that. */
    private volatile boolean empty = true;

    Faults(LongSupplier clock) {
        this.clock = clock;
    }

    /** Adds a fault behind those that are there. */
    public synchronized void add(Fault fault) {
        active.add(new Active(Fault.Limited.of(fault), clock.getAsLong()));
        empty = false;
    }

    /** Puts these in the place of all. */
    public synchronized void replace(List<Fault> faults) {
        clear();
        faults.forEach(this::add);
    }

    /** Takes all faults away; requests already under way keep theirs. */
    public synchronized void clear() {
        active.clear();
        empty = true;
    }

    /** How many faults still wait for a request, also those whose time has not come or is over. */
    public synchronized int size() {
        return active.size();
    }

    /** The first fault of a kind for a path; one request of its count is used up. */
    <T extends Fault> Optional<T> take(Class<T> kind, String path) {
        return empty ? Optional.empty() : taken(kind, path, clock.getAsLong());
    }

    private synchronized <T extends Fault> Optional<T> taken(Class<T> kind, String path, long now) {
        Optional<Active> first = active.stream()
                .filter(candidate -> candidate.worksOn(kind, path, now))
                .findFirst();
        first.filter(Active::usedUp).ifPresent(active::remove);
        return first.map(taken -> kind.cast(taken.what.fault()));
    }

    private static final class Active {
        private final Fault.Limited what;
        private final long beginsAt;
        private int left;

        Active(Fault.Limited what, long now) {
            this.what = what;
            beginsAt = now + what.after().toNanos();
            left = what.count();
        }

        boolean worksOn(Class<? extends Fault> kind, String path, long now) {
            long since = now - beginsAt;
            return kind.isInstance(what.fault())
                    && path.endsWith(what.pathSuffix())
                    && since >= 0
                    && since < what.length().toNanos();
        }

        boolean usedUp() {
            return left != Fault.Limited.ALWAYS && --left == 0;
        }
    }
}
