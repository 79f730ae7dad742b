package io.github.regionrouter.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoadReportTest {

    private static final Instant STARTED = Instant.parse("2026-11-23T04:00:00Z");

    private final LoadPlan plan = Plans.of("--url", "http://a/b&c", "--rate", "10", "--items", "4", "--seed", "1");
    private final CallDeck deck = new CallDeck(plan);
    private final Recorder recorder = new Recorder(plan, 0);

    @Test
    void callsAreCountedByWhatTheyCameTo() {
        LoadReport report = fourCalls();

        assertThat(report.all().calls()).isEqualTo(5);
        assertThat(Words.plain(Headline.of(report))).isEqualTo("2 of 5 calls served, 1 x 429, 1 failed, 1 given up");
        assertThat(report.statuses())
                .extracting(status -> status.group().name())
                .containsExactly("200", "429", "timeout", "given up");
        assertThat(report.regions()).extracting(Group::name).containsExactly(LoadReport.NO_REGION);
    }

    @Test
    void callsGivenUpStandByEndpointAndStatus() throws IOException {
        LoadReport report = fourCalls();

        assertThat(report.endpoints().get(0).counts().givenUp()).isEqualTo(1);
        assertThat(report.statuses().get(3).group().latency().max()).isBetween(2_498.0, 2_502.0);
        assertThat(TextReport.of(report)).contains("  given up  ", "under way when the run was stopped");
        assertThat(HtmlReport.of(report)).contains(">given up</th>", "<td class=\"left\">1</td>");
        assertThat(member(json(JsonReport.of(report)), "endpoints")).containsEntry("givenUp", 1);
    }

    @Test
    void callsThatNeverSetOutAreToldEverywhereAndNothingLooksWell() throws IOException {
        recorder.sent(deck.call(0), 0L, 0);
        recorder.add(Plans.result(plan, 0, 0, 0, 1_000, Status.SERVED));
        recorder.missed(deck.call(1), Plans.nanos(100), Plans.nanos(1_000));
        recorder.missed(deck.call(2), Plans.nanos(200), Plans.nanos(1_000));
        LoadReport report = recorder.report(STARTED, Plans.nanos(1_000), false);

        assertThat(Headline.of(report)).isEqualTo("1 of 3 calls served, 2 never set out");
        assertThat(report.callsPerSecond()).isEqualTo(1);
        assertThat(report.all().latency().count()).isEqualTo(1);
        assertThat(report.statuses().get(0).group().latency().max()).isBetween(899.0, 901.0);
        assertThat(report.statuses().get(0).group().service().none()).isTrue();
        assertThat(TextReport.of(report))
                .contains("2 due calls never set out, waiting for one of 1,000 threads: raise --threads", "not sent");
        assertThat(HtmlReport.of(report))
                .contains("data-tone=\"wait\"", "2 due calls never set out, ", ">not sent</th>");
        assertThat(json(JsonReport.of(report))).containsEntry("notStarted", 2);
        assertThat(member(json(JsonReport.of(report)), "endpoints")).containsEntry("notStarted", 2);
    }

    @Test
    void refusalsDoNotMakeTheLatencyBetter() {
        Percentiles latency = fourCalls().all().latency();

        assertThat(latency.count()).isEqualTo(2);
        assertThat(latency.p50()).isBetween(499.0, 501.0);
        assertThat(latency.max()).isBetween(999.0, 1_001.0);
    }

    @Test
    void latencyCountsFromTheIntendedTimeAndServiceTimeFromTheRealOne() {
        assertThat(fourCalls().all().service().max()).isBetween(599.0, 601.0);
    }

    @Test
    void tokensPerMinuteAreOfTheWholeRun() {
        LoadReport report = fourCalls();

        assertThat(report.seconds()).isEqualTo(2.5);
        assertThat(report.tokensPerMinute(report.all().tokens().prompt())).isEqualTo(200 * 60 / 2.5);
    }

    @Test
    void aCallCountsInTheSecondInWhichItEnded() {
        assertThat(fourCalls().series())
                .extracting(row -> row.served() + "/" + row.throttled() + "/" + row.failed())
                .containsExactly("1/1/0", "1/0/0", "0/0/1");
    }

    @Test
    void aLongRunHasFewColumnsAndEverySecond() {
        recorder.add(Plans.result(plan, 0, 0, 0, 299_500, Status.SERVED));
        LoadReport report = recorder.report(STARTED, Plans.nanos(300_000), false);

        assertThat(report.series()).hasSize(301);
        assertThat(report.columns().rows()).hasSizeLessThanOrEqualTo(LoadReport.MOST_COLUMNS);
        assertThat(report.columns().rows().stream()
                        .mapToLong(Series.Row::served)
                        .sum())
                .isEqualTo(1);
    }

    @Test
    void theLiveLineTellsWhatHappenedSinceTheLastOne() {
        recorder.sent(deck.call(0), null, 0);
        recorder.sent(deck.call(1), null, 0);
        recorder.add(Plans.result(plan, 0, 0, 0, 500, Status.SERVED));

        assertThat(Words.plain(recorder.progress(Plans.nanos(2_000)).line(200)))
                .isEqualTo(
                        "    2 s  1/4  0.5/s  1 in flight  200: 1  429: 0  other: 0  p50 500 ms  p95 500 ms  3,300 tokens/min");
        assertThat(Words.plain(recorder.progress(Plans.nanos(3_000)).line(200))).contains("  0/s  ", "  p50 -  ");
    }

    @Test
    void theJsonIsOneObjectWithItsParts() throws IOException {
        Map<String, Object> json = json(JsonReport.of(fourCalls()));

        assertThat(json)
                .containsEntry("version", 2)
                .containsEntry("started", "2026-11-23T04:00:00Z")
                .containsEntry("unfinished", 1)
                .containsKeys(
                        "plan",
                        "all",
                        "endpoints",
                        "regions",
                        "backends",
                        "statuses",
                        "throttles",
                        "retries",
                        "series");
        Map<?, ?> all = (Map<?, ?>) json.get("all");
        assertThat(((Map<?, ?>) all.get("latencyMs")).get("p99.9")).isInstanceOf(Number.class);
        assertThat(all.containsKey("firstTokenMs")).as("nothing of nothing").isFalse();
        assertThat((List<?>) json.get("series")).hasSize(3);
    }

    @Test
    void thePageStandsAloneAndEscapesWhatServersSay() {
        String page = HtmlReport.of(fourCalls());

        assertThat(page).contains("<title>Load test: ", "http://a/b&amp;c", "told &lt;why&gt;", "<svg ");
        assertThat(page).doesNotContain("<script", "<link", "src=", "href=", "@import", "url(", "told <why>", "NaN");
    }

    @Test
    void aRunOfNothingIsReportedToo() throws IOException {
        LoadReport nothing = recorder.report(STARTED, 1, true);

        assertThat(Words.plain(TextReport.of(nothing))).contains("0 of 0 calls served, interrupted");
        assertThat(json(JsonReport.of(nothing))).containsEntry("interrupted", true);
        assertThat(HtmlReport.of(nothing)).doesNotContain("NaN", "Infinity");
    }

    @ParameterizedTest
    @CsvSource({
        "0,1,1",
        "1,1,1",
        "3,1,3",
        "4.1,2,6",
        "9,5,10",
        "37,10,40",
        "2500,1000,3000",
        "1e12,500000000,1000000000"
    })
    void axesHaveRoundNumbers(double greatest, int step, int top) {
        assertThat(NiceScale.of(greatest, 4)).isEqualTo(new NiceScale(step, top));
    }

    /** Two served, one of them late, one throttled, one timed out, one still under way. */
    private LoadReport fourCalls() {
        for (int i = 0; i < 5; i++) {
            recorder.sent(deck.call(i), null, 0);
        }
        recorder.add(Plans.result(plan, 0, 0, 0, 500, Status.SERVED));
        recorder.add(Plans.result(plan, 1, 100, 500, 1_100, Status.SERVED));
        recorder.add(Plans.result(plan, 2, 200, 200, 210, Status.THROTTLED));
        recorder.add(Plans.result(plan, 3, 300, 300, 2_300, Status.TIMEOUT));
        return recorder.report(STARTED, Plans.nanos(2_500), false);
    }

    /** The first group of a list. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> member(Map<String, Object> json, String name) {
        return (Map<String, Object>) ((List<?>) json.get(name)).get(0);
    }

    private static Map<String, Object> json(String text) throws IOException {
        try (JsonReader json = JsonProviders.createReader(text)) {
            return json.readMap(JsonReader::readUntyped);
        }
    }
}
