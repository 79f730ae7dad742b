package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static io.github.regionrouter.testing.SettingsJson.caller;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.lab.simulator.RegionConfig;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Design §7: one line per attempt and one per request, whatever becomes of them. */
abstract class TelemetryContract extends RouterContract {

    private static final String THROTTLING = "{\"error\":{\"code\":\"429\",\"message\":\"x\"}}";

    private final HandClock clock = new HandClock();
    private final SimulatedRegion east = region("eastus");
    private final SimulatedRegion west = region("westus");
    private final SettingsJson settings =
            SettingsJson.model("gpt-4o", at(east), at(west)).callers(caller("team", "caller-key-t"));

    TelemetryContract(HostUnderTest host) {
        super(host);
    }

    @Test
    void everyAttemptAndTheRequestAreWrittenDown() throws Exception {
        Caller team = start(settings, clock).with("api-key", "caller-key-t");
        east.faults().add(Fault.status(429, Map.of("retry-after", "2"), THROTTLING));

        Reply reply = team.chat().isOk();

        List<Map<String, Object>> lines = awaitLines(3);
        String id = reply.header("x-router-request-id");
        assertThat(lines.get(0))
                .containsEntry("event", "attempt")
                .containsEntry("requestId", id)
                .containsEntry("model", "gpt-4o")
                .containsEntry("region", "eastus")
                .containsEntry("caller", "team")
                .containsEntry("attempt", 1)
                .containsEntry("status", 429)
                .containsEntry("retryAfterMs", 2_000)
                .containsEntry("outcome", "throttled")
                .containsEntry("decision", "next_region")
                .containsKey("durationMs");
        assertThat(lines.get(1))
                .containsEntry("requestId", id)
                .containsEntry("region", "westus")
                .containsEntry("attempt", 2)
                .containsEntry("status", 200)
                .containsEntry("outcome", "served")
                .containsEntry("decision", "return")
                .doesNotContainKey("retryAfterMs");
        assertThat(lines.get(2))
                .containsEntry("event", "request")
                .containsEntry("requestId", id)
                .containsEntry("model", "gpt-4o")
                .containsEntry("region", "westus")
                .containsEntry("caller", "team")
                .containsEntry("attempts", 2)
                .containsEntry("status", 200)
                .containsKeys("durationMs", "addedLatencyMs", "inputTokens", "outputTokens");
        assertThat(lines().get(0)).startsWith("{\"event\":\"attempt\"");
        assertThat(lines().get(2)).startsWith("{\"event\":\"request\"");
    }

    @Test
    void tokensAreThoseThatTheAnswerTells() throws Exception {
        Caller team = start(settings, clock).with("api-key", "caller-key-t");

        String text = team.chat().isOk().text();

        Map<String, Object> request = awaitLines(2).get(1);
        assertThat(text)
                .contains("\"prompt_tokens\":" + request.get("inputTokens"))
                .contains("\"completion_tokens\":" + request.get("outputTokens"));
    }

    @Test
    void tokensOfAStreamAreThoseOfItsUsageChunk() throws Exception {
        Caller team = start(settings, clock).with("api-key", "caller-key-t");

        team.post(
                        Caller.CHAT,
                        "{\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                                + "\"messages\":[{\"role\":\"user\",\"content\":\"one two\"}]}")
                .isOk();
        assertThat(awaitLines(2).get(1)).containsKeys("inputTokens", "outputTokens");

        team.post(Caller.CHAT, Caller.STREAM_BODY).isOk();
        assertThat(awaitLines(4).get(3)).doesNotContainKeys("inputTokens", "outputTokens");
    }

    @Test
    void whoeverIsNotAnsweredByARegionIsWrittenDownToo() throws Exception {
        Caller team = start(settings, clock).with("api-key", "caller-key-t");

        team.post("/openai/deployments/gpt-9/chat/completions", "{}").isError(404, "DeploymentNotFound");

        assertThat(awaitLines(1).get(0))
                .containsEntry("event", "request")
                .containsEntry("status", 404)
                .containsEntry("attempts", 0)
                .containsEntry("region", "")
                .containsEntry("caller", "team");
    }

    @Test
    void anAttemptThatTheDeadlineCutIsOneLine() throws Exception {
        Caller team = start(settings, clock).with("api-key", "caller-key-t");
        east.faults().add(Fault.silence());
        west.faults().add(Fault.silence());
        var reply = team.with("x-router-timeout-ms", "6000").beginChat();
        east.awaitLog(1, Duration.ofSeconds(10));
        clock.awaitTimer(Duration.ofSeconds(1), Duration.ofSeconds(6));
        clock.advance(Duration.ofSeconds(7));

        assertThat(reply.get().status()).isEqualTo(504);

        List<Map<String, Object>> lines = awaitLines(2);
        assertThat(lines.get(0)).containsEntry("outcome", "failed").containsEntry("status", 0);
        assertThat(lines.get(lines.size() - 1))
                .containsEntry("event", "request")
                .containsEntry("status", 504);
        assertThat(lines.stream().filter(line -> line.get("event").equals("attempt")))
                .hasSize(east.log().size() + west.log().size());
    }

    @Test
    void noPromptNoAnswerAndNoKeyIsWrittenDown() throws Exception {
        Caller team = start(settings, clock).with("api-key", "caller-key-t");

        team.post(Caller.CHAT, "{\"messages\":[{\"role\":\"user\",\"content\":\"a-very-private-prompt\"}]}")
                .isOk();

        awaitLines(2);
        assertThat(lines())
                .noneMatch(
                        line -> line.contains("private-prompt") || line.contains("key-") || line.contains("content"));
    }

    @Test
    void anAlarmIsWrittenWhereTheAttemptsAre() throws Exception {
        SimulatedRegion refusing = region(RegionConfig.named("refusing").apiKey("another"));
        Caller team = start(SettingsJson.model("gpt-4o", at(refusing), at(west)), clock);

        team.chat().isOk();

        awaitLines(4);
        assertThat(lines()).anyMatch(line -> line.startsWith("{\"event\":\"alarm\",\"region\":\"refusing\""));
    }

    @Test
    void queriesAndWorkbookReadWhatIsWritten() throws Exception {
        SimulatedRegion refusing = region(RegionConfig.named("refusing").apiKey("another"));
        Caller team = start(SettingsJson.model("gpt-4o", at(refusing), at(east), at(west)), clock);
        east.faults().add(Fault.status(429, Map.of("retry-after", "2"), THROTTLING));
        team.chat().isOk();

        Set<String> written =
                awaitLines(5).stream().flatMap(line -> line.keySet().stream()).collect(Collectors.toSet());

        assertThat(readByQueries()).hasSizeGreaterThan(10).isSubsetOf(written);
    }

    /** The members of lines that the queries name, {@code e.requestId} and the like. */
    private static Set<String> readByQueries() throws IOException {
        Set<String> names = new TreeSet<>();
        List<Path> files = new ArrayList<>(List.of(Path.of("infra", "workbook.json")));
        try (Stream<Path> queries = Files.list(Path.of("infra", "queries"))) {
            files.addAll(queries.toList());
        }
        for (Path file : files) {
            Matcher member = Pattern.compile("\\be\\.([A-Za-z]+)").matcher(Files.readString(file));
            while (member.find()) {
                names.add(member.group(1));
            }
        }
        return names;
    }

    private List<Map<String, Object>> awaitLines(int count) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (lines().size() < count && System.nanoTime() < end) {
            Thread.onSpinWait(); // a request is told after its caller has the last byte
        }
        assertThat(lines()).hasSizeGreaterThanOrEqualTo(count);
        return lines().stream().map(TelemetryContract::parsed).toList();
    }

    private static Map<String, Object> parsed(String line) {
        try (JsonReader json = JsonProviders.createReader(line)) {
            return json.readMap(JsonReader::readUntyped);
        } catch (IOException broken) {
            throw new UncheckedIOException(line, broken);
        }
    }
}
