package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static io.github.regionrouter.testing.SettingsJson.caller;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.lab.simulator.ReceivedRequest;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.settings.InvalidSettingsException;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.SettingsJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Timeout;

/**
 * What the tests of real clients share: a router in front of two regions, of which the first is throttled. A client that
 * repeated a call would leave more than one request for it in a region.
 */
@Timeout(
        value = 20,
        threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // clients wait on sockets, which no interrupt ends
abstract class ClientContract extends RouterContract {

    static final String KEY = "router-key";

    /** How the second region begins its answer to {@code Hello there}. */
    static final String ANSWER = "westus echoes: Hello there";

    /** What the second region hears in {@link #AUDIO}. */
    static final String HEARD = "westus heard 70000 bytes";

    static final byte[] AUDIO = new byte[70_000];

    static final String PARAMETERS =
            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}";

    /** Says of each call with azure-core that its attempts have been exhausted; held, since the log keeps loggers weakly. */
    private static final Logger CHATTY = Logger.getLogger("com.azure.core.http.policy");

    static {
        CHATTY.setLevel(Level.OFF);
        for (int i = 0; i < AUDIO.length; i++) {
            AUDIO[i] = (byte) i;
        }
    }

    final SimulatedRegion east = region("eastus");
    final SimulatedRegion west = region("westus");
    private final HandClock clock = new HandClock();

    ClientContract(HostUnderTest host) {
        super(host);
    }

    /** A router whose first region answers 429 to every call. */
    final String router() throws InvalidSettingsException {
        east.faults().add(throttle());
        return open();
    }

    /** A router whose first region answers 429 to one call and serves the next. */
    final String routerThrottledOnce() throws InvalidSettingsException {
        east.faults().add(throttle().times(1));
        return open();
    }

    /** A router whose regions all fail. */
    final String routerThatFails() throws InvalidSettingsException {
        east.faults().add(Fault.status(500));
        west.faults().add(Fault.status(500));
        return open();
    }

    /** Lets the pauses of the regions end. */
    final void later() {
        clock.advance(Duration.ofSeconds(40));
    }

    /** So many calls of the client were made, each once, and each was refused by the first region and served by the second. */
    final void eachCallFailedOver(int calls) {
        assertThat(statuses(east)).hasSize(calls).containsOnly(429);
        assertThat(statuses(west)).hasSize(calls).containsOnly(200);
        for (int i = 0; i < calls; i++) {
            assertThat(west.log().get(i).bodyText())
                    .isEqualTo(east.log().get(i).bodyText())
                    .isNotEmpty();
        }
        nothingOfTheRouterReached(east);
        nothingOfTheRouterReached(west);
    }

    /** The router tried both regions, and the client left it at that. */
    final void theClientTriedOnce() {
        assertThat(statuses(east)).containsExactly(500);
        assertThat(statuses(west)).containsExactly(500);
    }

    /** The first call failed over, and its follow-up went to the region that made it, although the other was free again. */
    final void theFollowUpWentToTheOwner(String madeId) {
        assertThat(statuses(east)).containsExactly(429);
        assertThat(statuses(west)).containsExactly(200, 200);
        assertThat(west.log().get(0).bodyText()).doesNotContain(madeId);
        assertThat(west.log().get(1).bodyText()).contains(madeId);
    }

    private String open() throws InvalidSettingsException {
        SettingsJson settings = SettingsJson.model("gpt-4o", at(east), at(west))
                .and("text-embedding-3-small", at(east), at(west))
                .and("whisper", at(east), at(west))
                .callers(caller("team", KEY));
        return start(settings, clock).router().toString();
    }

    private static Fault throttle() {
        return Fault.throttle(Map.of("retry-after", "30"));
    }

    private static List<Integer> statuses(SimulatedRegion region) {
        return region.log().stream().map(ReceivedRequest::status).toList();
    }

    private static void nothingOfTheRouterReached(SimulatedRegion region) {
        assertThat(region.log().toString()).doesNotContain("//openai");
        for (ReceivedRequest request : region.log()) {
            assertThat(request.headers().toString()).doesNotContain("x-stainless", KEY);
            assertThat(request.headers()).doesNotContainKeys("upgrade", "http2-settings");
        }
    }
}
