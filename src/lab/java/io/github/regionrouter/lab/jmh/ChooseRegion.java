package io.github.regionrouter.lab.jmh;

import io.github.regionrouter.region.Credential;
import io.github.regionrouter.region.Deployment;
import io.github.regionrouter.region.HealthBoard;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.region.RegionSelector;
import io.github.regionrouter.region.RegionSelector.Choice;
import io.github.regionrouter.region.Ticker;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** R2: choosing a region of one tier, or of the next one while the first cools. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChooseRegion {

    @Param({"3", "30"})
    public int regions;

    private final HealthBoard board = new HealthBoard(Ticker.SYSTEM);
    private final RegionSelector selector =
            new RegionSelector(board, () -> ThreadLocalRandom.current().nextDouble());
    private List<Region> oneTier = List.of();
    private List<Region> tiers = List.of();

    @Setup
    public void regions() {
        oneTier = IntStream.range(0, regions).mapToObj(i -> region("r" + i, 1)).toList();
        tiers = IntStream.range(0, regions)
                .mapToObj(i -> region("t" + i, i < regions - 1 ? 1 : 2))
                .toList();
        for (Region cooling : tiers.subList(0, regions - 1)) {
            board.throttled(new Choice(cooling, false, board.now()), Duration.ofMinutes(5));
        }
    }

    @Benchmark
    public @Nullable Choice ofOneTier() {
        return selector.choose(oneTier, null);
    }

    @Benchmark
    public @Nullable Choice withCacheKey() {
        return selector.choose(oneTier, "conversation-4711");
    }

    @Benchmark
    public @Nullable Choice ofTheNextTier() {
        return selector.choose(tiers, null);
    }

    private static Region region(String name, int priority) {
        Deployment deployment = new Deployment(URI.create("https://aoai-" + name + ".openai.azure.com"), "gpt-4o");
        return new Region(name, deployment, priority, 1, null, new Credential.ManagedIdentity());
    }
}
