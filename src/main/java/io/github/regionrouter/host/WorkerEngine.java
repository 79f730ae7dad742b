package io.github.regionrouter.host;

import io.github.regionrouter.Router;
import io.github.regionrouter.RouterRequest;
import io.github.regionrouter.attempt.Deadline;
import io.github.regionrouter.host.WorkerCall.WholeResponse;
import io.github.regionrouter.openai.OpenAiError;
import io.github.regionrouter.settings.InvalidSettingsException;
import io.github.regionrouter.settings.Secrets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The engine of a worker process: one for all invocations, made by the first. If it cannot be made, every fault is logged, the
 * caller is told, and a later call tries again, because a Key Vault reference may resolve a little late.
 */
final class WorkerEngine {

    private static final Logger LOG = Logger.getLogger(WorkerEngine.class.getName());
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private static volatile @Nullable FrontDoor door;
    private static long lastTry = System.nanoTime() - TRY_AGAIN.toNanos();

    private WorkerEngine() {}

    /** Answers a request and waits for the whole of it: the one place where a thread of the worker blocks. */
    static WholeResponse answer(RouterRequest request) {
        FrontDoor open = door;
        if (open == null) {
            open = openDoor(Secrets.environment());
        }
        if (open == null) {
            return WholeResponse.of(FrontDoor.refusal(OpenAiError.notConfigured()));
        }
        return open.answer(request)
                .flatMap(WholeBody::of)
                .timeout(Deadline.LONGEST)
                .onErrorResume(
                        TimeoutException.class,
                        late -> Mono.fromSupplier(
                                () -> WholeResponse.of(FrontDoor.refusal(OpenAiError.outOfTime(Deadline.LONGEST)))))
                .blockOptional()
                .orElseThrow();
    }

    /** What a caller gets when the router itself is at fault. */
    static WholeResponse failed(Throwable fault) {
        String requestId = Router.newRequestId();
        LOG.log(Level.SEVERE, "request " + requestId + " failed", fault);
        return WholeResponse.of(FrontDoor.refusal(OpenAiError.internal(requestId)));
    }

    /** For tests, and for a host that knows its settings: the door that all invocations go through. */
    static void use(@Nullable FrontDoor opened) {
        door = opened;
    }

    private static synchronized @Nullable FrontDoor openDoor(Secrets environment) {
        if (door == null && System.nanoTime() - lastTry >= TRY_AGAIN.toNanos()) {
            lastTry = System.nanoTime();
            try {
                RouterService service = RouterService.start(environment, "worker"); // for as long as the process lives
                door = service.door();
            } catch (InvalidSettingsException refused) {
                refused.faults().forEach(fault -> LOG.severe("settings: " + fault));
            }
        }
        return door;
    }
}
