package io.github.regionrouter.lab.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the router is held to.
 *
 * @param most whether the bound is an upper one
 * @param measured null if it was not
 */
record Goal(
        String what,
        boolean most,
        double bound,
        String unit,
        @Nullable Spread measured) {

    private static final String ROUTER = "router";

    static List<Goal> of(Samples samples) {
        Samples small = samples.phase("saturation").cell("healthy", "small");
        Samples busy = samples.phase("saturation").cell("busy", "small");
        Samples steady = samples.phase("steady");
        Samples router = small.of(ROUTER);
        return List.of(
                new Goal(
                        "CPU of the router against the bare proxy",
                        true,
                        1.5,
                        "×",
                        router.against(small.of("bare"), Figures::cpuRatio)),
                new Goal(
                        "CPU of Spring Cloud Gateway against the router",
                        false,
                        3,
                        "×",
                        small.of("spring-cloud-gateway").against(router, Figures::cpuRatio)),
                new Goal(
                        "CPU of Portkey's gateway against the router",
                        false,
                        20,
                        "×",
                        small.of("portkey").against(router, Figures::cpuRatio)),
                new Goal(
                        "CPU of the router, a region at 429 against healthy",
                        true,
                        1.2,
                        "×",
                        busy.of(ROUTER).against(router, Figures::cpuRatio)),
                new Goal(
                        "p99 added by the router at half of its saturation",
                        true,
                        5,
                        "ms",
                        steady.of(ROUTER)
                                .against(
                                        steady.of("direct"),
                                        (mine, direct) -> (mine.path("wholeP99").asDouble()
                                                        - direct.path("wholeP99")
                                                                .asDouble())
                                                / 1e3)));
    }

    /** By the median. */
    String met() {
        if (measured == null) {
            return "not measured";
        }
        return (most ? measured.median() <= bound : measured.median() >= bound) ? "yes" : "**no**";
    }
}
