package io.github.regionrouter.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.lab.simulator.ReceivedRequest;
import io.github.regionrouter.lab.simulator.RegionConfig;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs over real sockets. */
final class LoadCommandTest {

    private static final String KEY = "key-that-nobody-may-read";

    @TempDir
    private Path folder;

    private final SimulatedRegion east =
            SimulatedRegion.start(RegionConfig.named("eastus2").apiKey(KEY).firstTokenDelay(Duration.ofMillis(20)));
    private final SimulatedRegion west =
            SimulatedRegion.start(RegionConfig.named("westus3").apiKey(KEY));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterEach
    void stop() {
        east.close();
        west.close();
    }

    @Test
    void aClosedLoopMakesItsCalls() {
        int status = run("--url", v1(east), "--key", KEY, "--threads", "3", "--items", "12");

        assertThat(status).isZero();
        assertThat(east.log()).hasSize(12);
        assertThat(text()).contains("12 of 12 calls served", "eastus2", "3 threads, not streamed");
        assertThat(member("all")).containsEntry("calls", 12).containsEntry("served", 12);
        assertThat(number(member("all"), "promptTokens")).isBetween(2_300, 2_500);
    }

    @Test
    void anOpenLoopKeepsItsRate() {
        run("--url", v1(east), "--key", KEY, "--rate", "40", "--items", "20");

        assertThat(member("all")).containsEntry("served", 20);
        assertThat(((Number) json().get("seconds")).doubleValue()).isGreaterThanOrEqualTo(19 / 40.0);
        assertThat(text()).contains("Service time (since sent)");
    }

    @Test
    void callsThatNeverSetOutForWantOfThreadsAreCounted() {
        east.faults().add(Fault.slowFirstByte(Duration.ofMillis(600)));

        run("--url", v1(east), "--key", KEY, "--rate", "20", "--threads", "2", "--duration", "0.5");

        assertThat(member("all")).containsEntry("calls", 10).containsEntry("served", 2);
        assertThat(json()).containsEntry("notStarted", 8);
        assertThat(groups("statuses")).containsExactly("never set out", "200");
        assertThat(text()).contains("2 of 10 calls served, 8 never set out");
    }

    @Test
    void aStreamIsTimedToItsFirstToken() {
        run("--url", east.endpoint().toString(), "--key", KEY, "--stream", "--items", "5");

        Map<?, ?> first = (Map<?, ?>) member("all").get("firstTokenMs");
        assertThat(((Number) first.get("p50")).doubleValue()).isGreaterThanOrEqualTo(20);
        assertThat(number(member("all"), "countedAnswers")).isZero();
        assertThat(number(member("all"), "completionTokens")).isEqualTo(5 * 16);
        assertThat(text()).contains("Time to first token");
    }

    @Test
    void endpointsAreComparedEachWithItsKey() {
        run("--url", v1(east), "--key", KEY, "--url", west.endpoint().toString(), "--key", KEY, "--items", "40");

        assertThat(member("all")).containsEntry("served", 40);
        assertThat(east.log().size()).isBetween(8, 32);
        assertThat(east.log().size() + west.log().size()).isEqualTo(40);
        assertThat(groups("endpoints"))
                .containsExactly(v1(east), west.endpoint().toString());
        assertThat(groups("regions")).containsExactly("eastus2", "westus3");
    }

    @Test
    void throttledCallsAreCountedWithTheirWaits() {
        east.faults().add(Fault.throttle(Duration.ofSeconds(7)).times(3));

        run("--url", v1(east), "--key", KEY, "--items", "10", "--threads", "1");

        assertThat(member("throttles")).containsEntry("count", 3).containsEntry("withWait", 3);
        assertThat(text())
                .contains("7 of 10 calls served, 3 x 429", "3 calls ended in 429; 3 said how long to wait: 7 s to 7 s");
    }

    @Test
    void anEndpointThatRefusesConnectionsFailsAlone() {
        west.close();

        int status = run("--url", v1(east), "--url", v1(west), "--key", KEY, "--items", "30");

        assertThat(status).isZero();
        assertThat(groups("statuses")).containsExactlyInAnyOrder("200", "connect error");
        assertThat(number(member("all"), "served")).isEqualTo(east.log().size());
    }

    @Test
    void whatBreaksHasAWordOfItsOwn() {
        east.faults().add(Fault.cutStream(4).times(1));
        east.faults().add(Fault.resetAfterRequest().times(1));
        east.faults().add(Fault.silence().times(1));

        run("--url", v1(east), "--key", KEY, "--stream", "--items", "8", "--threads", "1", "--timeout", "1");

        assertThat(groups("statuses")).contains("200", "connection reset", "timeout");
        assertThat(number(member("all"), "failed")).isEqualTo(3);
    }

    @Test
    void aRunInWhichNothingIsServedEndsWithOne() {
        assertThat(run("--url", v1(east), "--key", "another-key", "--items", "2"))
                .isEqualTo(1);
        assertThat(text()).contains("0 of 2 calls served, 2 failed", "401");
    }

    @Test
    void aPageInPlaceOfACompletionIsAFailure() {
        east.faults().add(Fault.htmlError(200));

        assertThat(run("--url", v1(east), "--key", KEY, "--items", "2")).isEqualTo(1);
        assertThat(text()).contains("200 no completion");
    }

    @Test
    void nothingButTheGivenUrlIsCalled() {
        east.faults().add(Fault.status(307, Map.of("location", v1(west) + "/chat/completions"), ""));

        run("--url", v1(east), "--key", KEY, "--items", "5");

        assertThat(west.log()).isEmpty();
        assertThat(east.log()).extracting(ReceivedRequest::path).containsOnly("/openai/v1/chat/completions");
        assertThat(groups("statuses")).containsExactly("307");
    }

    @Test
    void keysAndHeaderValuesStandInNoOutput() {
        east.faults()
                .add(Fault.status(400, Map.of(), "{\"error\":{\"message\":\"you sent " + KEY + "\"}}")
                        .times(1));

        run(
                "--url",
                v1(east),
                "--key-env",
                "MY_KEY",
                "--header",
                "x-pass: word-7890",
                "--items",
                "3",
                "--refresh",
                "0.05");

        assertThat(text()).contains("you sent ***");
        assertThat(List.of(text(), err.toString(StandardCharsets.UTF_8), read("report.json"), read("report.html")))
                .allSatisfy(output -> assertThat(output).isNotEmpty().doesNotContain(KEY, "word-7890"));
    }

    @Test
    void whatAServerSendsToTerminalsAndOfQueriesStandsInNoOutput() {
        Map<String, String> headers = Map.of(
                "x-ms-region",
                "East " + KEY,
                "Backend-Service-URL",
                "https://b/x?code=of-the-router",
                "x-router-attempts",
                "a");
        east.faults()
                .add(Fault.status(
                        400, headers, "{\"error\":{\"message\":\"\\u001b[2J\\u202ebad code query-7890\\u009b1m\"}}"));

        run("--url", v1(east) + "/chat/completions?code=query-7890", "--key", KEY, "--items", "2");

        assertThat(text()).contains("?[2J?bad code ***?1m", "east***", "https://b/x");
        assertThat(List.of(text(), read("report.json"), read("report.html")))
                .allSatisfy(output -> assertThat(output)
                        .doesNotContain(KEY, "query-7890", "of-the-router", "\u001b", "\u009b", "\u202e"));
    }

    @Test
    void progressGoesToStandardErrorLineByLine() {
        run("--url", v1(east), "--key", KEY, "--items", "3", "--refresh", "0.01");

        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .last()
                .asString()
                .contains("3/3", "200: 3");
    }

    @Test
    void anInterruptedRunTellsWhatThereIs() throws Exception {
        east.faults().add(Fault.silence().onPath("/chat/completions"));
        LoadPlan plan = Plans.of("--url", v1(east), "--key", KEY, "--threads", "2");
        LoadRun run = new LoadRun(plan, Duration.ZERO, new LiveLine(new PrintStream(err), false, null));
        List<LoadReport> reports = new ArrayList<>();
        Thread main = new Thread(() -> reports.add(run.run()));
        main.start();
        east.awaitLog(2, Duration.ofSeconds(20));

        run.interrupt(Duration.ofMillis(100));
        main.join(10_000);

        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).interrupted()).isTrue();
        assertThat(reports.get(0).statuses())
                .extracting(
                        status -> status.group().name() + " " + status.group().calls())
                .containsExactly("given up 2");
        assertThat(TextReport.of(reports.get(0))).contains("0 of 2 calls served, interrupted, 2 given up");
    }

    @Test
    void anInterruptionBehindTheEndIsNoHarm() {
        LoadPlan plan = Plans.of("--url", v1(east), "--key", KEY, "--items", "1");
        LoadRun run = new LoadRun(plan, Duration.ZERO, new LiveLine(new PrintStream(err), false, null));
        assertThat(run.run().all().served()).isEqualTo(1);

        assertThatCode(() -> run.interrupt(Duration.ofSeconds(1))).doesNotThrowAnyException();
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(
                List.of("--seed", "5", "--json", folder.resolve("report.json").toString()));
        all.addAll(List.of("--html", folder.resolve("report.html").toString()));
        return LoadCommand.run(
                all.toArray(String[]::new), Map.of("MY_KEY", KEY)::get, new PrintStream(out), new PrintStream(err));
    }

    private static String v1(SimulatedRegion region) {
        return region.endpoint() + "/openai/v1";
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private List<String> groups(String member) {
        return ((List<?>) json().get(member))
                .stream()
                        .map(group -> String.valueOf(((Map<?, ?>) group).get("name")))
                        .toList();
    }

    private static int number(Map<String, Object> object, String name) {
        return ((Number) object.get(name)).intValue();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> member(String name) {
        return (Map<String, Object>) json().get(name);
    }

    private Map<String, Object> json() {
        try (JsonReader json = JsonProviders.createReader(read("report.json"))) {
            return json.readMap(JsonReader::readUntyped);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
