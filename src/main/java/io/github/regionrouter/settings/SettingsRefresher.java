package io.github.regionrouter.settings;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Looks for new settings again and again, one look at a time. A document that is refused, or cannot be had, changes nothing: the
 * last good one stays in force, and the faults are logged and shown until a look succeeds.
 */
public final class SettingsRefresher implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SettingsRefresher.class.getName());

    private final SettingsSource source;
    private final Duration every;
    private final Scheduler scheduler;
    private final InstantSource clock;

    private volatile State state;
    private volatile @Nullable Disposable next;
    private volatile boolean closed;

    /**
     * @param first what is in force
     * @param every the pause between two looks
     * @param scheduler runs the looks, which block
     */
    public SettingsRefresher(
            SettingsSource source, Loaded first, Duration every, Scheduler scheduler, InstantSource clock) {
        this.source = source;
        this.every = every;
        this.scheduler = scheduler;
        this.clock = clock;
        Instant now = clock.instant();
        this.state = new State(source.name(), first, now, now, List.of());
    }

    /**
     * Begins to look, if there can be anything new.
     *
     * @param use told of settings that are new and good
     */
    public void start(Consumer<RouterSettings> use) {
        if (source.mayChange() && !closed) {
            next = scheduler.schedule(() -> look(use), every.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** What is in force, and what came of the last look. */
    public State state() {
        return state;
    }

    @Override
    public void close() {
        closed = true;
        Disposable waiting = next;
        if (waiting != null) {
            waiting.dispose();
        }
    }

    private void look(Consumer<RouterSettings> use) {
        State before = state;
        try {
            Optional<Loaded> newer = source.newerThan(before.loaded);
            if (newer.isEmpty()) {
                state = before.checked(clock.instant(), List.of());
                return;
            }
            use.accept(newer.get().settings());
            state = new State(before.source, newer.get(), clock.instant(), clock.instant(), List.of());
            LOG.info(() -> "settings: version " + newer.get().version() + " is in force");
        } catch (InvalidSettingsException refused) {
            tell(before, refused.faults());
        } catch (RuntimeException fault) {
            tell(before, List.of("settings: " + fault.getClass().getSimpleName() + " (expected: a readable document)"));
        } finally {
            start(use);
        }
    }

    private void tell(State before, List<String> faults) {
        state = before.checked(clock.instant(), faults);
        if (!faults.equals(before.faults)) { // once, not every minute
            faults.forEach(fault -> LOG.severe("settings refused, the last good ones stay in force: " + fault));
        }
    }

    /**
     * The settings in force.
     *
     * @param source where they come from
     * @param loadedAt when they came into force
     * @param checkedAt when they were last looked for
     * @param faults of the last look; empty if it found nothing wrong
     */
    public record State(String source, Loaded loaded, Instant loadedAt, Instant checkedAt, List<String> faults) {

        public State {
            faults = List.copyOf(faults);
        }

        State checked(Instant when, List<String> found) {
            return new State(source, loaded, loadedAt, when, found);
        }
    }
}
