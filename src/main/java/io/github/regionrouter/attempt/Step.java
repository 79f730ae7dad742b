package io.github.regionrouter.attempt;

import io.github.regionrouter.region.Region;
import java.time.Duration;

/** What a call does next, as a value. */
public sealed interface Step {

    /**
     * Send one attempt.
     *
     * @param region where to
     * @param limit until the answer's headers must be there
     * @param freshToken whether the router's token was refused and a new one must be asked for (R7)
     */
    record Send(Region region, Duration limit, boolean freshToken) implements Step {}

    /** Every region is left alone for now: do nothing for this long, then ask again. */
    record Wait(Duration pause) implements Step {}

    /** The call is over. */
    record Finish(Ending ending) implements Step {}
}
