package io.github.regionrouter.region;

/** A monotonic clock, so that tests and simulations can drive time instead of sleeping. */
@FunctionalInterface
public interface Ticker {

    /** The JVM's own monotonic clock. */
    Ticker SYSTEM = System::nanoTime;

    /** Nanoseconds since an arbitrary origin; only differences have a meaning. */
    long nanos();
}
