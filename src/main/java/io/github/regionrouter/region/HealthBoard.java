package io.github.regionrouter.region;

import io.github.regionrouter.region.RegionSelector.Choice;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The health of every deployment and how many calls are on their way to it: the only mutable state that calls share. One
 * entry per deployment, changed by compare-and-set; nobody waits for anybody.
 */
public final class HealthBoard {

    private static final int MOST_ABSENCES = 1_000;

    private final Ticker ticker;
    private final ConcurrentHashMap<Deployment, Entry> entries = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Absence, Long> absences = new ConcurrentHashMap<>();

    public HealthBoard(Ticker ticker) {
        this.ticker = ticker;
    }

    /** The time on the board's clock, in {@link Ticker} nanoseconds. */
    public long now() {
        return ticker.nanos();
    }

    /** Whether the region may be called now. */
    public Access access(Region region) {
        return health(region).access(now());
    }

    /** The state as it stands, for those who show it. */
    public RegionHealth health(Region region) {
        return entry(region).state();
    }

    /**
     * Asks to be the first call after a pause (R4).
     *
     * @return whether this call may go; one of many that ask at once gets true
     */
    public boolean claimFirstCall(Region region) {
        Entry entry = entry(region);
        RegionHealth before = entry.state();
        long now = now();
        return before.access(now) instanceof Access.FirstCall
                && entry.health.compareAndSet(before, before.claimed(now));
    }

    /** A call ended without news of the region; if it was the first after a pause, the next one goes first. */
    public void ended(Choice call) {
        if (call.first()) {
            change(call.region(), health -> health.released(now(), call.sent()));
        }
    }

    /** The region answered 429; {@code wait} is null if it did not say for how long. */
    public void throttled(Choice call, @Nullable Duration wait) {
        change(call.region(), health -> health.throttled(now(), call.sent(), wait));
    }

    /** The region failed. */
    public void failed(Choice call) {
        change(call.region(), health -> health.failed(now(), call.sent()));
    }

    /** The region refuses the router's credentials (R7) or does not have the deployment (R8): left alone for 5 minutes. */
    public void misconfigured(Choice call, Access.Cause cause) {
        change(call.region(), health -> health.misconfigured(now(), cause));
    }

    /** The headers of an answer are here, though not yet what it comes to. */
    public void answering(Choice call) {
        if (!health(call.region()).equals(RegionHealth.WELL)) {
            change(call.region(), health -> health.answering(now(), call.sent()));
        }
    }

    /** The region served a call. */
    public void served(Choice call) {
        if (!health(call.region()).equals(RegionHealth.WELL)) {
            change(call.region(), health -> health.served(now(), call.sent()));
        }
    }

    /** The region does not know a path: remembered for 5 minutes (R8). */
    public void lacks(Region region, String path) {
        if (absences.size() < MOST_ABSENCES) {
            absences.put(new Absence(region.deployment(), path), now() + RegionHealth.MISCONFIGURED_FOR.toNanos());
        } else {
            long now = now();
            absences.values().removeIf(until -> until - now <= 0); // paths are the caller's to choose: bounded
        }
    }

    /** Whether the region said lately that it does not know the path. */
    public boolean isLacking(Region region, String path) {
        if (absences.isEmpty()) {
            return false;
        }
        Long until = absences.get(new Absence(region.deployment(), path));
        return until != null && until - now() > 0;
    }

    /** A call sets out to the region; {@link #arrived} takes it off again. */
    public void sent(Region region) {
        entry(region).inFlight.incrementAndGet();
    }

    /** A call to the region is over, its body included. */
    public void arrived(Region region) {
        Entry entry = entries.get(region.deployment());
        if (entry != null) { // else a refresh of the settings took the deployment away meanwhile
            entry.inFlight.updateAndGet(calls -> Math.max(0, calls - 1));
        }
    }

    /** Calls on their way to the region. */
    public int inFlight(Region region) {
        return entry(region).inFlight.get();
    }

    /** The calls that wait for these candidates; those that have the first one in common share it. */
    public Backlog backlog(List<Region> candidates) {
        return candidates.isEmpty() ? new Backlog(ticker) : entry(candidates.get(0)).backlog;
    }

    /** After a refresh of the settings: forgets the deployments that are gone; the others keep their state (design §4). */
    public void keepOnly(Set<Deployment> deployments) {
        entries.keySet().retainAll(deployments);
    }

    private void change(Region region, UnaryOperator<RegionHealth> transition) {
        entry(region).health.updateAndGet(transition);
    }

    private Entry entry(Region region) {
        Deployment deployment = region.deployment();
        Entry entry = entries.get(deployment);
        return entry != null ? entry : entries.computeIfAbsent(deployment, unseen -> new Entry(ticker));
    }

    private record Absence(Deployment deployment, String path) {}

    private static final class Entry {
        final AtomicReference<RegionHealth> health = new AtomicReference<>(RegionHealth.WELL);
        final AtomicInteger inFlight = new AtomicInteger();
        final Backlog backlog;

        Entry(Ticker ticker) {
            backlog = new Backlog(ticker);
        }

        RegionHealth state() {
            return Objects.requireNonNull(health.get());
        }
    }
}
