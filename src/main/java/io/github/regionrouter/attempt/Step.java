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
     */
    record Send(Region region, Duration limit) implements Step {}

    /** Every region is left alone for now: do nothing for this long, then ask again. */
    record Wait(Duration pause) implements Step {}

    /** The call is over. */
    record Finish(Ending ending) implements Step {}
}
