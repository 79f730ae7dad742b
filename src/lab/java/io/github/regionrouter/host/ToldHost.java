package io.github.regionrouter.host;

import io.github.regionrouter.settings.InvalidSettingsException;
import io.github.regionrouter.settings.Secrets;
import java.util.function.Consumer;
import reactor.core.scheduler.Schedulers;

/** The streaming host on any free port, with its lines of attempts and requests told to whoever draws or counts them. */
public final class ToldHost implements AutoCloseable {

    private final RouterService service;
    private final StreamingServer server;

    private ToldHost(RouterService service, StreamingServer server) {
        this.service = service;
        this.server = server;
    }

    /**
     * Starts listening.
     *
     * @param environment app settings
     * @param lines must not block; called from many threads at once
     * @throws InvalidSettingsException naming every fault
     */
    public static ToldHost start(Secrets environment, Consumer<String> lines) throws InvalidSettingsException {
        RouterService service = RouterService.start(environment, "streaming");
        return new ToldHost(
                service, StreamingServer.start(service.door(), "127.0.0.1", 0, Schedulers.parallel(), lines));
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** Returns when calls under way are done. */
    @Override
    public void close() {
        server.close();
        service.close();
    }
}
