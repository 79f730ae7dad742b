package io.github.regionrouter.lab.storm;

import java.util.random.RandomGenerator;

/** A way to share regions, as one instance of it knows them. */
interface Policy {

    /** A call comes to this instance. */
    Journey journey(Call call);

    /** One call on its way. One {@link #begin}, then an {@code after} for each move, until it ends. */
    interface Journey {

        Move begin();

        /** An attempt was answered; of an answer that is admitted the headers are here. */
        Move after(Reply reply);

        /** A wait is over; for policies that never wait there is nothing to say. */
        default Move afterWait() {
            throw new IllegalStateException("wait: over (expected: a policy that waits)");
        }

        /** The body of the last attempt's answer is over. */
        default void over(int region) {}
    }

    /** Makes an instance of a policy. */
    interface Maker {
        Policy make(World world, RandomGenerator random);
    }
}
