package io.github.regionrouter.memory;

import java.net.URI;
import java.util.Set;

/**
 * R12: where state lives. Ids seen in answers are remembered with the resource that gave them and the caller who got them; state
 * belongs to its caller. Kept per instance: an id that another instance saw is unknown here, and then asked around for.
 */
public final class StateMemory {

    /** About 20 MB when full. */
    private static final int MOST = 100_000;

    private final Recent<String, Home> homes = new Recent<>(MOST);

    /** An answer of this resource to this caller named these ids. What is another caller's stays his. */
    public void remember(Set<String> ids, String caller, URI endpoint) {
        Home home = new Home(caller, endpoint);
        ids.forEach(id -> homes.merge(id, home, (known, seen) -> known.caller.equals(caller) ? seen : known));
    }

    /** Where the state lives that a call names. */
    public Whereabouts find(Set<String> ids, String caller) {
        Whereabouts whereabouts = new Whereabouts.Unknown();
        for (String id : ids) {
            Home home = homes.get(id);
            if (home != null && !home.caller.equals(caller)) {
                return new Whereabouts.Foreign();
            }
            if (home != null && whereabouts instanceof Whereabouts.Unknown) {
                whereabouts = new Whereabouts.At(home.endpoint);
            }
        }
        return whereabouts;
    }

    /** Where state lives, as a value. */
    public sealed interface Whereabouts {

        /** In this resource. */
        record At(URI endpoint) implements Whereabouts {}

        /** It is another caller's: for this one it does not exist. */
        record Foreign() implements Whereabouts {}

        /** Never seen, or forgotten. */
        record Unknown() implements Whereabouts {}
    }

    private record Home(String caller, URI endpoint) {}
}
