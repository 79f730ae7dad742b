package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.keyOf;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import io.github.regionrouter.Router;
import io.github.regionrouter.lab.simulator.RegionConfig;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.pipeline.RouterPipeline;
import io.github.regionrouter.region.Ticker;
import io.github.regionrouter.settings.InvalidSettingsException;
import io.github.regionrouter.settings.RouterSettings;
import io.github.regionrouter.settings.SettingsReader;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.SettingsJson;
import io.github.regionrouter.testing.WireRegion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What holds whichever host stands in front of the engine, seen from outside: real sockets on both sides, asserted on what the
 * caller gets and on what the regions saw. The contracts of single rules extend this; {@link StreamingHostTest} and {@link
 * WorkerHostTest} run them all.
 */
@Timeout(60)
abstract class RouterContract {

    /** One for all, as in production: connections outlive routers. */
    private static final HttpClient TRANSPORT = RouterPipeline.transport();

    private static final TokenCredential NOBODY =
            context -> Mono.error(new IllegalStateException("identity: none (expected: keys in every test)"));

    private static final Logger LINES = Logger.getLogger(RouterContract.class.getName());

    private final HostUnderTest host;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private FrontDoor door;

    RouterContract(HostUnderTest host) {
        this.host = host;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable last = open.pollLast(); last != null; last = open.pollLast()) {
            last.close();
        }
    }

    /** A region that takes the key which {@link SettingsJson} gives it, and no other. */
    final SimulatedRegion region(String name) {
        return region(RegionConfig.named(name).apiKey(keyOf(name)));
    }

    final SimulatedRegion region(RegionConfig config) {
        return closing(SimulatedRegion.start(config));
    }

    final WireRegion wireRegion(WireRegion.Script script) throws IOException {
        return closing(new WireRegion(script));
    }

    /** A loopback address where nobody listens. */
    static URI nobody() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + taken.getLocalPort());
        }
    }

    /** A router on the real clock. */
    final Caller start(SettingsJson settings) throws InvalidSettingsException {
        RouterSettings read = read(settings);
        return listen(
                read,
                new Router(
                        read,
                        TRANSPORT,
                        NOBODY,
                        Ticker.SYSTEM,
                        InstantSource.system(),
                        Schedulers.parallel(),
                        () -> ThreadLocalRandom.current().nextDouble()));
    }

    /** A router on a clock that the test drives. */
    final Caller start(SettingsJson settings, HandClock clock) throws InvalidSettingsException {
        return start(settings, clock, NOBODY);
    }

    /** The same, but its timers ring by a clock of their own: on a busy machine they ring late. */
    final Caller startWithLateTimers(SettingsJson settings, HandClock clock, HandClock timers)
            throws InvalidSettingsException {
        RouterSettings read = read(settings);
        return listen(read, new Router(read, TRANSPORT, NOBODY, clock, clock, timers, () -> 0.5));
    }

    /** The same with an identity, for regions without a key. */
    final Caller start(SettingsJson settings, HandClock clock, TokenCredential identity)
            throws InvalidSettingsException {
        RouterSettings read = read(settings);
        return listen(read, new Router(read, TRANSPORT, identity, clock, clock, clock, () -> 0.5));
    }

    /** Closes it after the test, the newest first. */
    final <T extends AutoCloseable> T closing(T resource) {
        open.addLast(resource);
        return resource;
    }

    /** Behind a platform that says who signed in. */
    final Caller startBehindEasyAuth(SettingsJson settings, HandClock clock) throws InvalidSettingsException {
        RouterSettings read = read(settings);
        Router router = new Router(read, TRANSPORT, NOBODY, clock, clock, clock, () -> 0.5);
        return new Caller(closing(host.open(Doors.to(router, read, true, clock), this::noted))
                .url());
    }

    /** The last router that was started gets other settings, as a refresh gives them. */
    final void refresh(SettingsJson settings) throws InvalidSettingsException {
        door.use(read(settings));
    }

    /** What was written down of attempts and requests so far, oldest first. */
    final List<String> lines() {
        return lines;
    }

    private void noted(String line) {
        lines.add(line);
        LINES.fine(line); // for the transcript
    }

    private Caller listen(RouterSettings settings, Router router) {
        door = Doors.to(router, settings);
        return new Caller(closing(host.open(door, this::noted)).url());
    }

    private static RouterSettings read(SettingsJson settings) throws InvalidSettingsException {
        return new SettingsReader(name -> null).read(settings.toString());
    }
}
