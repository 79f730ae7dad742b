package io.github.regionrouter.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.testing.WorkerStandIn;
import java.net.URI;
import java.util.function.Consumer;
import reactor.core.scheduler.Schedulers;

/** The two hosts, each on a free loopback port. */
enum HostUnderTest {
    STREAMING {
        @Override
        Running open(FrontDoor door, Consumer<String> lines) {
            StreamingServer server = StreamingServer.start(door, "127.0.0.1", 0, Schedulers.parallel(), lines);
            return new Running(URI.create("http://127.0.0.1:" + server.port()), server::close);
        }
    },

    WORKER {
        @Override
        Running open(FrontDoor door, Consumer<String> lines) {
            WorkerEngine.use(door);
            WorkerStandIn worker = WorkerStandIn.serve(WorkerHost.class, lines);
            return new Running(worker.url(), () -> {
                worker.close();
                WorkerEngine.use(null);
                assertThat(worker.failures()).as("what escaped from functions").isEmpty();
            });
        }
    };

    /** @param lines what is written down of attempts and requests */
    abstract Running open(FrontDoor door, Consumer<String> lines);

    /** A host that listens. Closing it also sees that it did not break a promise of its own. */
    record Running(URI url, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }
}
