package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static io.github.regionrouter.testing.SettingsJson.caller;
import static io.github.regionrouter.testing.SettingsJson.keyOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R1, R15 and design §5.1: who may call what, and where. */
abstract class CallersContract extends RouterContract {

    private static final String REGION = "x-router-region";

    private final HandClock clock = new HandClock();
    private final SimulatedRegion east = region("eastus");
    private final SimulatedRegion west = region("westus");
    private final SettingsJson both = SettingsJson.model("gpt-4o", at(east), at(west));
    private final SettingsJson zones = SettingsJson.model("gpt-4o", at(east).zone("us"), at(west).zone("eu"));

    CallersContract(HostUnderTest host) {
        super(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openai/v1/chat/completions", "/openai/deployments/nothing/x", "/", "/anything"})
    void withoutAKeyNothingIsAnswered(String path) throws Exception {
        Caller stranger = start(both.callers(caller("team", "k1")), clock);

        Reply reply = stranger.post(path, Caller.V1_CHAT_BODY).isError(401, "401");

        assertThat(reply.attempts()).isNull();
        assertThat(east.log()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "api-key, wrong",
        "api-key, K1",
        "api-key, 'k1,k1'",
        "x-api-key, ''",
        "authorization, k1",
        "authorization, Basic k1",
        "authorization, Bearer",
        "authorization, Bearer key-of-eastus",
        "x-functions-key, k1",
        "api-key, key-of-eastus"
    })
    void withAWrongKeyNothingIsAnswered(String header, String value) throws Exception {
        Caller stranger = start(both.callers(caller("team", "k1")), clock).with(header, value);

        stranger.chat().isError(401, "401");

        assertThat(east.log()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "api-key, k1",
        "API-Key, k1",
        "x-api-key, k1",
        "Ocp-Apim-Subscription-Key, k1",
        "authorization, Bearer k1",
        "Authorization, bearer   k1"
    })
    void aKeyMayComeInEachHeaderThatClientsUse(String header, String value) throws Exception {
        Caller known = start(both.callers(caller("team", "k1"), caller("other", "k2")), clock)
                .with(header, value);

        known.chat().isOk();

        assertThat(east.log().get(0).headers()).containsEntry("api-key", List.of(keyOf("eastus")));
        assertThat(east.log().get(0).headers().toString()).doesNotContain("k1");
    }

    @Test
    void anyOfACallersKeysWillDo() throws Exception {
        String team = "{\"name\":\"team\",\"keys\":[{\"value\":\"old\"},{\"value\":\"new\"}]}";
        Caller anybody = start(both.callers(team), clock);

        anybody.with("api-key", "old").chat().isOk();
        anybody.with("api-key", "new").chat().isOk();
    }

    @Test
    void anonymousCallersAreLetInWhereTheSettingsSaySo() throws Exception {
        Caller stranger = start(both.callers(caller("team", "k1")).anonymous(), clock);

        stranger.chat().isOk();
    }

    @Test
    void aCallerMayUseTheModelsOfItsListAlone() throws Exception {
        SettingsJson settings =
                both.and("o3", at(east)).callers(caller("team", "k1", "\"models\":[\"o3\"]"), caller("all", "k2"));
        Caller team = start(settings, clock).with("api-key", "k1");

        team.chat().isError(403, "model_not_allowed");
        team.v1Chat().isError(403, "model_not_allowed");
        assertThat(east.log()).isEmpty();

        team.post("/openai/deployments/o3/chat/completions?api-version=2024-10-21", Caller.CHAT_BODY)
                .isOk();
        team.post("/openai/deployments/o4/chat/completions", Caller.CHAT_BODY).isError(404, "DeploymentNotFound");
    }

    @Test
    void aCallersZoneIsAFence() throws Exception {
        SettingsJson settings = zones.and("o3", at(east).zone("us"))
                .retry("\"maxWaitSeconds\":0")
                .callers(caller("team", "k1", "\"zone\":\"eu\""));
        Caller team = start(settings, clock).with("api-key", "k1");

        assertThat(team.chat().isOk().attempts()).isEqualTo("westus;status=200;return");
        west.faults().add(Fault.throttle(Map.of("retry-after", "30")).times(1));
        team.chat().isError(429, "429");
        west.faults().add(Fault.status(503));
        clock.advance(Duration.ofSeconds(31));
        assertThat(team.chat().status()).isEqualTo(503);
        team.post("/openai/deployments/o3/chat/completions", Caller.CHAT_BODY).isError(403, "no_region_in_zone");

        assertThat(east.log()).isEmpty();
    }

    @Test
    void aModelsFenceHoldsForCallersWithoutAZone() throws Exception {
        SettingsJson settings = SettingsJson.model("o3", at(east))
                .andFenced("gpt-4o", at(east).zone("us"), at(west).zone("eu"))
                .callers(caller("nowhere", "k1"), caller("team", "k2", "\"zone\":\"eu\""));
        Caller anybody = start(settings, clock);
        east.faults().add(Fault.status(503));

        assertThat(anybody.with("api-key", "k1").chat().attempts()).isEqualTo("eastus;status=503;exhausted");
        assertThat(west.log()).isEmpty();
        assertThat(anybody.with("api-key", "k2").chat().attempts()).isEqualTo("westus;status=200;return");
    }

    @Test
    void aRegionMayBeChosenToBeTriedFirst() throws Exception {
        Caller chooser = start(both.callers(caller("tester", "k1", "\"forceRegion\":true")), clock)
                .with("api-key", "k1")
                .with(REGION, "westus");

        assertThat(chooser.chat().isOk().attempts()).isEqualTo("westus;status=200;return");
        west.faults().add(Fault.throttle(Map.of("retry-after", "30")));
        assertThat(chooser.chat().isOk().attempts())
                .isEqualTo("westus;status=429;next_region, eastus;status=200;return");
        assertThat(chooser.chat().isOk().attempts())
                .as("a cooling region is never called")
                .isEqualTo("eastus;status=200;return");
    }

    @Test
    void withoutCallersAnybodyMayChoose() throws Exception {
        Caller anybody = start(both, clock).with(REGION, "westus");

        assertThat(anybody.v1Chat().isOk().header(REGION)).isEqualTo("westus");
    }

    @Test
    void choosingARegionMustBeAllowed() throws Exception {
        Caller team = start(both.callers(caller("team", "k1")), clock)
                .with("api-key", "k1")
                .with(REGION, "westus");

        team.chat().isError(403, "force_region_not_allowed");

        assertThat(west.log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"atlantis", "eastus", "westus ,eastus"})
    void aChosenRegionMustStandInsideTheFence(String region) throws Exception {
        SettingsJson settings = zones.callers(caller("team", "k1", "\"zone\":\"eu\"", "\"forceRegion\":true"));
        Caller team = start(settings, clock).with("api-key", "k1").with(REGION, region);

        assertThat(team.chat().status()).isEqualTo(400);

        assertThat(east.log()).isEmpty();
        assertThat(west.log()).isEmpty();
    }
}
