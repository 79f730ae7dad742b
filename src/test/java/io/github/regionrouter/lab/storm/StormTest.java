package io.github.regionrouter.lab.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/storm.md says of the router, with another seed than its figures have. */
class StormTest {

    private static final long SEED = 77;

    @ParameterizedTest
    @CsvSource({"small-95, 1", "small-95, 4", "slices-95, 1", "slices-95, 4", "slices-95, 40", "steady-95, 4"})
    void atNinetyFivePercentNobodyIsRefusedAndHardlyAnAttemptIsWasted(String name, int instances) {
        Workload workload = workload(name);
        Figures router = run(workload, Policies.ROUTER, instances);

        assertThat(goodput(router, workload)).isGreaterThan(0.995);
        assertThat(router.throttledShare()).isZero();
        assertThat(router.wasted()).isLessThan(0.02);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void windowsOfASecondCostAttemptsButNobodyIsRefused(int instances) {
        Workload workload = workload("seconds-95");
        Figures router = run(workload, Policies.ROUTER, instances);

        assertThat(goodput(router, workload)).isGreaterThan(0.98);
        assertThat(router.answeredShare()).isGreaterThan(0.999);
        assertThat(router.wasted()).isLessThan(0.25);
    }

    @ParameterizedTest
    @CsvSource({"steady-150, 1, 0.02", "steady-150, 40, 0.03", "slices-150, 4, 0.10", "slices-150, 40, 0.40"})
    void anOverloadIsServedAsFarAsThereIsQuotaAndTheOthersAreToldTheTruth(String name, int instances, double wasted) {
        Workload workload = workload(name);
        Figures router = run(workload, Policies.ROUTER, instances);

        assertThat(goodput(router, workload)).isGreaterThan(0.97);
        assertThat(router.wasted()).isLessThan(wasted);
        assertThat(router.toldTrue()).isGreaterThan(0.85);
    }

    @Test
    void burstsAreWaitedOut() {
        Workload bursts = workload("bursts");

        assertThat(run(bursts, Policies.ROUTER, 4).answeredShare()).isGreaterThan(0.995);
        assertThat(run(bursts, Policies.ROUND_ROBIN, 4).answeredShare()).isLessThan(0.95);
    }

    @Test
    void promptsFindTheirCache() {
        Workload prompts = workload("prompts");

        assertThat(run(prompts, Policies.ROUTER, 4).cacheHits())
                .isGreaterThan(run(prompts, Policies.ROUND_ROBIN, 4).cacheHits() + 0.25);
    }

    @ParameterizedTest
    @EnumSource
    void theSameSeedGivesTheSameFigures(Policies policy) {
        Workload small = workload("small-95");

        assertThat(told(run(small, policy, 4))).isEqualTo(told(run(small, policy, 4)));
    }

    @Test
    void theOracleNeverAsksInVain() {
        for (Workload workload : List.of(workload("small-95"), workload("slices-150"), workload("lost"))) {
            assertThat(run(workload, Policies.ORACLE, 1).wasted()).isZero();
        }
    }

    @Test
    void figuresTakeTheirPlaceInThePage() {
        assertThat(StormCommand.withFigures("a <!-- figures --> old <!-- end of figures --> z", "new\n"))
                .isEqualTo("a <!-- figures -->\n\nnew\n<!-- end of figures --> z");
        assertThatThrownBy(() -> StormCommand.withFigures("nothing", "new"))
                .hasMessage("storm.md: no place (expected: <!-- figures --> and <!-- end of figures -->)");
    }

    private static Workload workload(String name) {
        return Workloads.all().stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Figures run(Workload workload, Policies policy, int instances) {
        return Run.of(workload, policy.maker(), instances, SEED);
    }

    private static double goodput(Figures router, Workload workload) {
        return (double) router.goodput() / run(workload, Policies.ORACLE, 1).goodput();
    }

    private static String told(Figures figures) {
        return figures.answeredShare() + " " + figures.goodput() + " " + figures.wasted() + " " + figures.waited(99);
    }
}
