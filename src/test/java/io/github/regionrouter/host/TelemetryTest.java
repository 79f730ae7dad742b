package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.RawCaller;
import io.github.regionrouter.testing.SettingsJson;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** {@link TelemetryContract} in both hosts. */
final class TelemetryTest {

    @Nested
    final class InTheStreamingHost extends TelemetryContract {
        InTheStreamingHost() {
            super(HostUnderTest.STREAMING);
        }

        @Test
        void whoeverHangsUpBeforeTheAnswerLeavesAnAttemptAndARequest() throws Exception {
            SimulatedRegion silent = region("silent");
            silent.faults().add(Fault.silence());
            Caller caller = start(SettingsJson.model("gpt-4o", at(silent)), new HandClock());
            try (RawCaller hangingUp = new RawCaller(caller.router())) {
                hangingUp.post(Caller.CHAT, Caller.CHAT_BODY);
                silent.awaitLog(1, Duration.ofSeconds(10));
            }

            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (lines().size() < 2 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(lines()).hasSize(2);
            assertThat(lines())
                    .anyMatch(line -> line.contains("\"event\":\"attempt\"")
                            && line.contains("\"status\":0,")
                            && line.contains("\"outcome\":\"cancelled\""))
                    .anyMatch(line -> line.contains("\"event\":\"request\"") && line.contains("\"status\":499,"));
        }
    }

    @Nested
    final class InTheWorkerHost extends TelemetryContract {
        InTheWorkerHost() {
            super(HostUnderTest.WORKER);
        }
    }
}
