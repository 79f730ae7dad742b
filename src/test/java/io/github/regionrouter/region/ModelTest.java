package io.github.regionrouter.region;

import static io.github.regionrouter.testing.Regions.region;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** R1: where a call may go. No fallback ever crosses a fence. */
class ModelTest {

    private final Region sweden = region("swedencentral", 1, 1, "eu");
    private final Region france = region("francecentral", 2, 1, "eu");
    private final Region virginia = region("eastus2", 3, 1, "us");
    private final Region nowhere = region("lab", 4, 1, null);
    private final List<Region> all = List.of(sweden, france, virginia, nowhere);

    @Test
    void withoutAFenceEveryRegionIsACandidate() {
        assertThat(new Model("gpt-4o", all, false).candidates(null)).isEqualTo(all);
    }

    @Test
    void aCallersZoneIsAFenceByItself() {
        assertThat(new Model("gpt-4o", all, false).candidates("us")).containsExactly(virginia);
        assertThat(new Model("gpt-4o", all, false).candidates("eu")).containsExactly(sweden, france);
    }

    @Test
    void aModelThatStaysInItsZoneKeepsCallersWithoutOneInTheZoneOfItsFirstRegion() {
        assertThat(new Model("gpt-4o", all, true).candidates(null)).containsExactly(sweden, france);
    }

    @Test
    void aCallersZoneOutweighsTheModels() {
        assertThat(new Model("gpt-4o", all, true).candidates("us")).containsExactly(virginia);
    }

    @Test
    void aRegionWithoutAZoneStandsInsideNoFence() {
        assertThat(new Model("gpt-4o", List.of(nowhere), false).candidates("eu"))
                .isEmpty();
    }

    @Test
    void nobodyIsACandidateForAZoneThatTheModelDoesNotHave() {
        assertThat(new Model("gpt-4o", all, false).candidates("asia")).isEmpty();
    }

    @Test
    void candidatesComeInTierOrderAndInATierAsTheyWereListed() {
        Region b = region("b", 2);
        Region a = region("a", 2);
        Region top = region("top", 1);

        assertThat(new Model("gpt-4o", List.of(b, a, top), false).candidates(null))
                .containsExactly(top, b, a);
    }

    @Test
    void aRegionIsFoundByItsName() {
        Model model = new Model("gpt-4o", all, false);

        assertThat(model.region("eastus2")).contains(virginia);
        assertThat(model.region("mars")).isEmpty();
    }

    @Test
    void aModelWithoutRegionsIsNone() {
        assertThatThrownBy(() -> new Model("gpt-4o", List.of(), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("regions");
    }

    @Test
    void theTableKnowsItsModelsAndTheirDeployments() {
        RoutingTable table = new RoutingTable(Map.of(
                "gpt-4o", new Model("gpt-4o", List.of(sweden, france), false),
                "gpt-4o-eu", new Model("gpt-4o-eu", List.of(sweden), false)));

        assertThat(table.model("gpt-4o")).isNotNull();
        assertThat(table.model("GPT-4o")).isNull();
        assertThat(table.deployments()).containsExactlyInAnyOrder(sweden.deployment(), france.deployment());
    }

    @Test
    void aRegionsKeyNeverShows() {
        Region withKey = new Region("eastus", sweden.deployment(), 1, 1, null, new Credential.ApiKey("s3cr3t"));

        assertThat(withKey.toString()).doesNotContain("s3cr3t");
        assertThat(new Model("gpt-4o", List.of(withKey), false).toString()).doesNotContain("s3cr3t");
    }
}
