package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static io.github.regionrouter.testing.SettingsJson.caller;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Design §6: the router's own pages. */
abstract class StatusPagesContract extends RouterContract {

    private final HandClock clock = new HandClock();
    private final SimulatedRegion east = region("eastus");
    private final SimulatedRegion west = region("westus");
    private final SettingsJson settings = SettingsJson.model("gpt-4o", at(east), at(west).zone("us"))
            .and("o3", at(east).deployment("o3-east"))
            .callers(caller("all", "caller-key-k"), caller("one", "caller-key-o", "\"models\":[\"o3\"]"));

    StatusPagesContract(HostUnderTest host) {
        super(host);
    }

    @Test
    void healthNeedsNoKeyAndTellsNothingMore() throws Exception {
        Reply reply = get(start(settings, clock), "/router/health").isOk();

        assertThat(reply.text()).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void aRegionThatOnlyCoolsIsUsableAndAModelThatIsGivenUpIsNot() throws Exception {
        Caller caller = start(settings, clock);
        Caller all = caller.with("api-key", "caller-key-k");
        east.faults().add(Fault.status(429, Map.of("retry-after", "30"), "{}"));
        west.faults().add(Fault.status(429, Map.of("retry-after", "30"), "{}"));
        all.with("x-router-timeout-ms", "1000").chat();
        get(caller, "/router/health").isOk();

        clock.advance(Duration.ofSeconds(31));
        east.faults().clear();
        west.faults().clear();
        east.faults().add(Fault.status(401));
        west.faults().add(Fault.status(401));
        all.chat().isError(502, "upstream_auth_failed");

        assertThat(get(caller, "/router/health").status()).isEqualTo(503);
        clock.advance(Duration.ofMinutes(5));
        get(caller, "/router/health").isOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/router/", "/router/status", "/router"})
    void theOtherPagesAreForCallers(String page) throws Exception {
        Caller stranger = start(settings, clock);

        Reply refused = get(stranger, page).isError(401, "401");

        assertThat(refused.header("www-authenticate")).startsWith("Basic realm=");
        get(stranger.with("authorization", basic("anything:wrong")), page).isError(401, "401");
    }

    @Test
    void aBrowserSendsTheKeyAsAPassword() throws Exception {
        Caller browser = start(settings, clock).with("authorization", basic("me:caller-key-k"));

        Reply page = get(browser, "/router/").isOk();

        assertThat(page.header("content-type")).startsWith("text/html");
        assertThat(page.header("content-security-policy")).contains("default-src 'none'");
        assertThat(page.text()).contains("<html").contains("</html>");
        get(browser, "/router/status").isOk();
        browser.chat().isError(401, "401");
    }

    @Test
    void theStatusTellsWhatTheRouterKnows() throws Exception {
        Caller all = start(settings, clock).with("api-key", "caller-key-k");
        east.faults().add(Fault.status(429, Map.of("retry-after", "30"), "{}"));
        all.chat().isOk();
        clock.advance(Duration.ofSeconds(12));

        String status = get(all, "/router/status").isOk().text();

        assertThat(status)
                .contains("\"name\":\"gpt-4o\",\"usable\":true,\"stayInZone\":false")
                .contains("\"name\":\"eastus\",\"endpoint\":\"" + east.endpoint()
                        + "\",\"deployment\":\"gpt-4o\",\"tier\":1,"
                        + "\"weight\":1,\"zone\":null,\"state\":\"shut\",\"cause\":\"cooling\",\"leftMs\":18000,\"failures\":0,"
                        + "\"inFlight\":0,\"attempts\":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,1],"
                        + "\"throttled\":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,1],\"failed\":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]")
                .contains("\"zone\":\"us\",\"state\":\"free\",\"cause\":null,\"leftMs\":0")
                .contains("\"version\":\"version-1\"")
                .contains("\"faults\":[]")
                .contains("\"minutes\":15");
    }

    @Test
    void aCallerSeesHisOwnModelsAlone() throws Exception {
        Caller one = start(settings, clock).with("api-key", "caller-key-o");

        assertThat(get(one, "/router/status").isOk().text())
                .contains("\"o3-east\"")
                .doesNotContain("gpt-4o");
    }

    @Test
    void noKeyStandsOnAnyPage() throws Exception {
        Caller all = start(settings, clock).with("api-key", "caller-key-k");
        east.faults().add(Fault.status(401));
        all.chat().isOk();

        for (String page : new String[] {"/router/", "/router/status", "/router/health"}) {
            assertThat(get(all, page).text()).doesNotContain("key-of-").doesNotContain("caller-key-");
        }
        assertThat(get(all, "/router/status").text())
                .contains("\"region\":\"eastus\",\"cause\":\"credentials_refused\",\"status\":401");
    }

    @Test
    void pagesAreToBeReadAlone() throws Exception {
        Caller all = start(settings, clock).with("api-key", "caller-key-k");

        all.post("/router/status", "{}").isError(405, "405");
        Reply head = all.send("HEAD", "/router/status", BodyPublishers.noBody()).isOk();
        assertThat(head.body()).isEmpty();
        get(all, "/router/nothing").isError(404, "404");
        assertThat(get(all, "/router").status()).isEqualTo(308);
    }

    private static Reply get(Caller caller, String page) throws Exception {
        return caller.send("GET", page, BodyPublishers.noBody());
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
