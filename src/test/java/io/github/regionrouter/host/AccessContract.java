package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static io.github.regionrouter.testing.SettingsJson.caller;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call, and how much: closed unless it is written down, quotas of callers, callers that Easy Auth names. */
abstract class AccessContract extends RouterContract {

    private final HandClock clock = new HandClock();
    private final SimulatedRegion east = region("eastus");
    private final SettingsJson settings = SettingsJson.model("gpt-4o", at(east));

    AccessContract(HostUnderTest host) {
        super(host);
    }

    @Test
    void withoutCallersNobodyMayCall() throws Exception {
        Caller stranger = start(settings.callers(), clock);

        stranger.chat().isError(401, "401");
        stranger.with("api-key", "").chat().isError(401, "401");

        assertThat(east.log()).isEmpty();
    }

    @Test
    void anonymousCallsAreLetInWhereThatIsWrittenDown() throws Exception {
        start(settings.callers().anonymous(), clock).chat().isOk();
    }

    @Test
    void requestsOverTheQuotaAreToldTheTrueWait() throws Exception {
        Caller team = start(settings.callers(caller("team", "caller-key-k", "\"requestsPerMinute\":2")), clock)
                .with("api-key", "caller-key-k");
        team.chat().isOk();
        clock.advance(Duration.ofSeconds(10));
        team.chat().isOk();
        clock.advance(Duration.ofSeconds(5));

        Reply refused = team.chat().isError(429, "caller_quota_exceeded");

        assertThat(refused.header("retry-after")).isEqualTo("45");
        assertThat(refused.header("retry-after-ms")).isEqualTo("45000");
        assertThat(refused.message()).contains("Please retry after 45 seconds.");
        assertThat(refused.attempts()).isNull();
        assertThat(east.log()).hasSize(2);
        clock.advance(Duration.ofSeconds(45));
        team.chat().isOk();
        team.chat().isError(429, "caller_quota_exceeded");
    }

    @Test
    void tokensOverTheQuotaAreRefusedAndOthersAreNotHurt() throws Exception {
        Caller anybody = start(
                settings.callers(
                        caller("team", "caller-key-k", "\"tokensPerMinute\":1000"), caller("others", "caller-key-o")),
                clock);
        Caller team = anybody.with("api-key", "caller-key-k");
        String body = "{\"max_tokens\":600,\"messages\":[{\"role\":\"user\",\"content\":\"one\"}]}";
        team.post(Caller.CHAT, body).isOk();

        Reply refused = team.post(Caller.CHAT, body).isError(429, "caller_quota_exceeded");

        assertThat(refused.header("retry-after")).isEqualTo("60");
        assertThat(refused.header("x-should-retry")).isNull();
        anybody.with("api-key", "caller-key-o").post(Caller.CHAT, body).isOk();
        clock.advance(Duration.ofSeconds(60));
        team.post(Caller.CHAT, body).isOk();
    }

    @Test
    void aRequestThatExceedsTheWholeQuotaIsToldNotToComeBack() throws Exception {
        Caller team = start(settings.callers(caller("team", "caller-key-k", "\"tokensPerMinute\":1000")), clock)
                .with("api-key", "caller-key-k");

        Reply refused =
                team.post(Caller.CHAT, "{\"max_tokens\":1001,\"messages\":[]}").isError(429, "caller_quota_exceeded");

        assertThat(refused.header("x-should-retry")).isEqualTo("false");
        team.post(Caller.CHAT, Caller.CHAT_BODY).isOk();
    }

    @Test
    void theListOfModelsAndMistakesTakeNothingFromTheQuota() throws Exception {
        Caller team = start(settings.callers(caller("team", "caller-key-k", "\"requestsPerMinute\":1")), clock)
                .with("api-key", "caller-key-k");

        team.post("/openai/v1/chat/completions", "{").isError(400, "invalid_json");
        team.post("/openai/deployments/o9/chat/completions", "{}").isError(404, "DeploymentNotFound");
        team.chat().isOk();
        team.chat().isError(429, "caller_quota_exceeded");
    }

    @Test
    void aQuotaSurvivesARefresh() throws Exception {
        SettingsJson one = settings.callers(caller("team", "caller-key-k", "\"requestsPerMinute\":1"));
        Caller team = start(one, clock).with("api-key", "caller-key-k");
        team.chat().isOk();

        refresh(one);

        team.chat().isError(429, "caller_quota_exceeded");
    }

    @Test
    void easyAuthMayNameACaller() throws Exception {
        String named = "{\"name\":\"team\",\"principals\":[\"id-1\"],\"models\":[\"gpt-4o\"]}";
        Caller anybody = startBehindEasyAuth(settings.callers(named), clock);

        anybody.with("x-ms-client-principal-id", "id-1").chat().isOk();
        anybody.with("x-ms-client-principal-id", "id-2").chat().isError(401, "401");
        anybody.chat().isError(401, "401");
    }

    @Test
    void withoutEasyAuthAnybodyCouldWriteWhoHeIs() throws Exception {
        String named = "{\"name\":\"team\",\"principals\":[\"id-1\"]}";

        start(settings.callers(named), clock)
                .with("x-ms-client-principal-id", "id-1")
                .chat()
                .isError(401, "401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"old", "new"})
    void aKeyIsRotatedWithoutAGap(String key) throws Exception {
        String both = "{\"name\":\"team\",\"keys\":[{\"value\":\"old\"},{\"value\":\"new\"}]}";
        Caller team = start(settings.callers(caller("team", "old")), clock).with("api-key", key);

        refresh(settings.callers(both));
        team.chat().isOk();
        refresh(settings.callers(caller("team", "new")));

        assertThat(team.chat().status()).isEqualTo(key.equals("new") ? 200 : 401);
    }

    @Test
    void stateOfUnchangedRegionsSurvivesARefresh() throws Exception {
        SimulatedRegion west = region("westus");
        Caller caller = start(SettingsJson.model("gpt-4o", at(east), at(west)), clock);
        east.faults()
                .add(io.github.regionrouter.lab.simulator.Fault.status(
                        429,
                        java.util.Map.of("retry-after", "30"),
                        "{\"error\":{\"code\":\"429\",\"message\":\"x\"}}"));
        caller.chat().isOk();

        refresh(SettingsJson.model("gpt-4o", at(east), at(west)).and("o3", at(west)));

        assertThat(caller.chat().isOk().attempts()).isEqualTo("westus;status=200;return");
        refresh(SettingsJson.model("gpt-4o", at(west)));
        refresh(SettingsJson.model("gpt-4o", at(east), at(west)));
        east.faults().clear();
        assertThat(caller.chat().isOk().attempts()).as("forgotten meanwhile").isEqualTo("eastus;status=200;return");
    }
}
