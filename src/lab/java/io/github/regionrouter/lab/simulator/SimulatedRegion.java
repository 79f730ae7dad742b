package io.github.regionrouter.lab.simulator;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** One simulated Azure OpenAI region on a loopback port. */
public final class SimulatedRegion implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int LARGEST_HEAD = 64 * 1024;

    /** All regions of the JVM share two daemon threads of their own, so that the code under test keeps its event loops. */
    private static final LoopResources LOOPS = LoopResources.create("simulated-region", 2, true);

    private final RegionConfig config;
    private final Faults faults;
    private final RequestLog log;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final DisposableServer server;
    private volatile boolean closing;

    private SimulatedRegion(RegionConfig config) {
        this.config = config;
        faults = new Faults(config.clock());
        log = new RequestLog(config.logged());
        Exchanges exchanges = new Exchanges(config, faults, log, () -> closing);
        server = HttpServer.create()
                .host(HOST)
                .port(config.port())
                // Java's own transport everywhere, so that a closed connection shows itself alike on every system.
                .runOn(LOOPS, false)
                .httpRequestDecoder(
                        spec -> spec.maxInitialLineLength(LONGEST_LINE).maxHeaderSize(LARGEST_HEAD))
                .doOnConnection(connection -> connections.add(connection.channel()))
                .handle(exchanges::handle)
                .bindNow(Duration.ofSeconds(10));
    }

    /** Starts a region; it accepts connections when this returns. */
    public static SimulatedRegion start(RegionConfig config) {
        // JSON providers are looked up in files once; not on an event loop.
        Json.bytes(Json.map());
        return new SimulatedRegion(config);
    }

    /** What this region is. Its port may be 0; {@link #endpoint()} has the real one. */
    public RegionConfig config() {
        return config;
    }

    /** {@code http://127.0.0.1:port}, without a slash at the end. */
    public URI endpoint() {
        return URI.create("http://" + HOST + ":" + server.port());
    }

    /** The faults of this region, to be changed at any time. */
    public Faults faults() {
        return faults;
    }

    /** The newest requests (at most {@link RegionConfig#logged()}) in the order in which their heads came, as of now. */
    public List<ReceivedRequest> log() {
        return log.snapshot();
    }

    /** Waits until the log has at least so many requests; returns what is there when time is up. */
    public List<ReceivedRequest> awaitLog(int count, Duration atMost) throws InterruptedException {
        return log.await(count, atMost);
    }

    /** Forgets the requests received so far. */
    public void clearLog() {
        log.clear();
    }

    /** Stops listening and closes all connections, also those in the middle of an answer. */
    @Override
    public void close() {
        closing = true;
        server.disposeNow(Duration.ofSeconds(10));
        connections.close().awaitUninterruptibly();
    }

    @Override
    public String toString() {
        return config.name() + " " + endpoint();
    }
}
