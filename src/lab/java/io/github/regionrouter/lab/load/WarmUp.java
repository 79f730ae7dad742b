package io.github.regionrouter.lab.load;

import io.github.regionrouter.lab.simulator.RegionConfig;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import java.net.URI;
import java.time.Duration;
import reactor.core.publisher.Flux;

/**
 * The first calls of a JVM take a second or more, for classes that are loaded and code that is not compiled yet, and an
 * endpoint would be charged with that. So the tester first calls a simulated region in its own process, on loopback.
 */
final class WarmUp {

    private static final int CALLS = 200;
    private static final int AT_ONCE = 10;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private WarmUp() {}

    /** Calls as the plan says, but nothing outside this process. */
    static void run(LoadPlan plan) {
        String key = "warm-up";
        try (SimulatedRegion region =
                SimulatedRegion.start(RegionConfig.named("warm-up").apiKey(key))) {
            URI chat = URI.create(region.endpoint() + "/openai/v1/chat/completions");
            LoadPlan rehearsal = plan.rehearsal(new Target("warm-up", chat, key), AT_ONCE);
            Recorder recorder = new Recorder(rehearsal, System.nanoTime());
            CallDeck deck = new CallDeck(rehearsal);
            try (ChatClient client = new ChatClient(rehearsal, System::nanoTime)) {
                Flux.range(0, CALLS)
                        .flatMap(index -> client.send(deck.call(index), null), AT_ONCE)
                        .doOnNext(recorder::add)
                        .take(LONGEST)
                        .blockLast();
            }
        }
    }
}
