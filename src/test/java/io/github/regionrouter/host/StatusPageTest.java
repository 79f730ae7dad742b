package io.github.regionrouter.host;

import static io.github.regionrouter.host.CannedStatus.alarm;
import static io.github.regionrouter.host.CannedStatus.minutes;
import static io.github.regionrouter.host.CannedStatus.model;
import static io.github.regionrouter.host.CannedStatus.region;
import static io.github.regionrouter.host.CannedStatus.sample;
import static io.github.regionrouter.host.CannedStatus.settings;
import static io.github.regionrouter.host.CannedStatus.shut;
import static io.github.regionrouter.host.CannedStatus.status;
import static io.github.regionrouter.host.CannedStatus.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.testing.Chromium;
import io.github.regionrouter.testing.Tab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code status.html} as Chromium draws it. Leaves pictures in {@code target/status-page}; {@code docs/status.png} is a copy of
 * {@code light-1200.png} there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StatusPageTest {

    private static final String HOSTILE = "<img src=x onerror=alert(1)>";
    private static final String LONG = "a-region-whose-name-is-as-long-as-names-may-be-and-not-shorter-1";
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final String NO_ANSWER =
            "document.getElementById('note').textContent === 'The router does not answer.'";
    private static final String DRAWN = "document.getElementById('main')?.hidden === false";

    private Chromium chromium;
    private StatusPageServer server;
    private Tab tab;

    @BeforeAll
    void start() throws Exception {
        chromium = Chromium.assumed();
    }

    @AfterAll
    void stop() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        server = StatusPageServer.start();
        tab = chromium.tab().size(1200, 800).scheme("light");
    }

    @AfterEach
    void close() {
        tab.close();
        server.close();
    }

    @Test
    void aGlanceTellsHowManyAreFreeAndWhatTheOthersWaitFor() {
        see(sample());

        assertThat(tab.texts("h1"))
                .singleElement()
                .asString()
                .isEqualTo("1 of 3 regions free, 1 cooling for 12 s, 1 with an open breaker for 41 s");
        assertThat(tab.eval("document.title")).isEqualTo("1 of 3 free · Region Router");
        assertThat(tab.texts("#note")).containsExactly("Live, refreshed every 2 s");
        assertThat(tab.texts("#about")).containsExactly("streaming host · version 0.1.0 · up 3 h");
    }

    @Test
    void everyRegionStandsInItsTierWithItsStateAndItsCalls() {
        see(sample());

        assertThat(tab.texts("h2")).containsExactly("gpt-4o", "Last faults", "Settings");
        assertThat(tab.texts("h3")).containsExactly("Tier 1", "Tier 2 · when no region above is free");
        assertThat(tab.texts(".tier:nth-child(1) h4")).containsExactly("swedencentral", "francecentral");
        assertThat(tab.texts(".tier:nth-child(2) h4")).containsExactly("eastus2");
        assertThat(tab.texts(".who .small"))
                .contains("weight 3 · zone eu", "aoai-swedencentral.openai.azure.com", "weight 1 · zone us");
        assertThat(tab.texts(".pill")).containsExactly("Free", "Cooling 12 s", "Breaker open 41 s");
        assertThat(tab.texts(".why"))
                .containsExactly(
                        "Takes calls.",
                        "Answered 429; it asked to be left alone.",
                        "Failed 3 times in a row; it rests.");
        assertThat(tab.texts(".flight b")).containsExactly("2", "0", "0");
        assertThat(tab.texts("figcaption"))
                .containsExactly("634 attempts", "211 attempts · 20 × 429", "32 attempts · 12 failed");
        assertThat(tab.texts(".model header .totals")).containsExactly("877 attempts · 20 × 429 · 12 failed");
    }

    @Test
    void everyCauseHasItsWordsAndUnknownOnesAreShownAsTheyAre() {
        see(status(List.of(model(
                "gpt-4o",
                shut(region("a", 1, 1, null), "refused", Duration.ofSeconds(290)),
                shut(region("b", 1, 1, null), "absent", Duration.ofMillis(119_001)),
                with(region("c", 1, 1, null), "state", "probing"),
                shut(region("d", 1, 1, null), "constructor", Duration.ofSeconds(30)),
                with(with(region("e", 1, 1, null), "failures", 2), "deployment", "four-o")))));

        assertThat(tab.texts(".pill"))
                .containsExactly(
                        "Refused 4 min 50 s", "No deployment 2 min 0 s", "Probing", "constructor 30 s", "Free");
        assertThat(tab.texts(".why"))
                .containsExactly(
                        "Refuses the router’s credentials.",
                        "Does not have this deployment.",
                        "One call goes first, then the others.",
                        "Left alone.",
                        "Takes calls; the last 2 failed.");
        assertThat(tab.texts(".who .small"))
                .contains("weight 1", "weight 1 · deployment four-o")
                .noneMatch(line -> line.contains("zone"));
    }

    @Test
    void aModelThatNobodyServesIsTheHeadline() {
        Map<String, Object> busy = shut(region("swedencentral", 1, 1, "eu"), "cooling", Duration.ofSeconds(30));
        see(status(List.of(
                with(with(model("gpt-4o", busy, busy), "usable", false), "stayInZone", true),
                model("o3", region("eastus2", 1, 1, "us")))));

        assertThat(tab.texts("h1").get(0)).isEqualTo("1 of 3 regions free across 2 models, 2 cooling (soonest 30 s)");
        assertThat(tab.texts(".model header"))
                .satisfiesExactly(
                        first -> assertThat(first).contains("gpt-4o", "cannot be served now", "stays in its zone"),
                        second ->
                                assertThat(second).contains("o3", "1 of 1 free").doesNotContain("zone"));
        assertThat(tab.eval("document.getElementById('headline').dataset.tone")).isEqualTo("bad");
    }

    @Test
    void chartsShowEachMinuteAndSayInWordsWhatTheyShow() {
        Map<String, Object> busy = with(
                with(with(region("busy", 1, 1, null), "attempts", minutes(50, 20, 0)), "throttled", minutes(0, 10, 0)),
                "failed",
                minutes(0, 5, 0));
        Map<String, Object> quiet = with(region("quiet", 1, 1, null), "attempts", minutes(1));
        Map<String, Object> busier =
                with(with(region("busier", 1, 1, null), "attempts", minutes(8000)), "failed", minutes(1));
        see(status(List.of(model("gpt-4o", busy, quiet, busier))));

        assertThat(heights(0, 12)).containsExactly(46, 0, 0);
        assertThat(heights(0, 13)).containsExactly(5, 9, 5);
        assertThat(heights(0, 14)).containsExactly(0, 0, 0);
        assertThat(heights(1, 14)).as("one call is little").containsExactly(5, 0, 0);
        assertThat(heights(2, 14)).as("one failure of thousands is seen").containsExactly(46, 0, 2);
        assertThat(tab.eval("document.querySelectorAll('svg')[0].getAttribute('aria-label')"))
                .isEqualTo("busy, last 15 minutes: 70 attempts, 10 answered 429, 5 failed; at most 50 in a minute");
        assertThat(tab.eval("document.querySelectorAll('svg g')[13].querySelector('title').textContent"))
                .isEqualTo("1 min ago: 20 attempts, 10 × 429, 5 failed");
        assertThat(tab.texts(".legend span"))
                .containsExactly(
                        "attempts",
                        "of them 429",
                        "of them failed",
                        "the last 15 minutes, a bar for each; every chart has its own scale");
    }

    @Test
    void faultsAreToldInWordsTheNewestFirst() {
        see(with(
                sample(),
                "alarms",
                List.of(
                        alarm(Duration.ofMinutes(74), "eastus2", "credentials_refused", 401),
                        alarm(Duration.ofHours(2), "westus3", "out_of_cheese", 0),
                        alarm(Duration.ofMinutes(3), "eastus2", "no_token", 0))));

        assertThat(tab.texts("#alarms > li"))
                .containsExactly(
                        "The router had no token to show\neastus2 · 3 min ago · 01:37 UTC",
                        "Refused the router’s credentials (401)\neastus2 · 74 min ago · 00:26 UTC",
                        "out of cheese\nwestus3 · 2 h ago · 23:40 UTC");
        assertThat(tab.texts("#no-faults")).isEmpty();
    }

    @Test
    void manyFaultsAreCut() {
        see(with(
                sample(),
                "alarms",
                IntStream.rangeClosed(1, 27)
                        .mapToObj(at -> alarm(Duration.ofMinutes(at), "eastus2", "no_token", 0))
                        .toList()));

        assertThat(tab.texts("#alarms > li")).hasSize(20);
        assertThat(tab.texts("#more-alarms")).containsExactly("and 7 older");
    }

    @Test
    void settingsShowTheirVersionAndAge() {
        see(sample());

        assertThat(tab.texts("dd"))
                .satisfiesExactly(
                        source -> assertThat(source).isEqualTo("file /etc/router.json"),
                        version -> assertThat(version).isEqualTo("3f2a9c41"),
                        loaded -> assertThat(loaded).isEqualTo("42 min ago"),
                        checked -> assertThat(checked).isEqualTo("17 s ago"));
        assertThat(tab.texts("#refused")).isEmpty();
    }

    @Test
    void aRefusedRefreshIsToldWithEveryFault() {
        see(with(
                sample(),
                "settings",
                settings(List.of(
                        "models.gpt-4o.regions[1].endpoint: not an https URL",
                        "models.o3: no regions (expected: at least one)"))));

        assertThat(tab.texts("#refused h2"))
                .containsExactly(
                        "The last refresh of the settings was refused; the last good document stays in force.");
        assertThat(tab.texts("#refused li"))
                .containsExactly(
                        "models.gpt-4o.regions[1].endpoint: not an https URL",
                        "models.o3: no regions (expected: at least one)");
    }

    @Test
    void beforeTheFirstCallItSaysSo() {
        see(status(List.of(model("gpt-4o", region("swedencentral", 1, 1, "eu")))));

        assertThat(tab.texts("h1")).containsExactly("The one region is free");
        assertThat(tab.texts("figcaption")).containsExactly("No calls yet");
        assertThat(tab.texts("#no-faults")).containsExactly("No faults since the start.");
        assertThat(tab.texts("#alarms > li")).isEmpty();
    }

    @Test
    void withoutModelsItIsStillAPage() {
        see(status(List.of()));

        assertThat(tab.texts("h1")).containsExactly("No regions");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void countdownsAndAgesGoOnBetweenTheAnswers() {
        server.answers(sample()).thenSilence();
        tab.open(server.url()).await(DRAWN);

        tab.putForward(Duration.ofMillis(5001)).await(pill(1) + " === 'Cooling 7 s'");
        assertThat(tab.texts("h1"))
                .containsExactly("1 of 3 regions free, 1 cooling for 7 s, 1 with an open breaker for 36 s");
        assertThat(tab.texts("#checked")).containsExactly("22 s ago");

        tab.putForward(Duration.ofSeconds(7)).await(pill(1) + " === 'Cooling'");
        assertThat(tab.texts(".why").get(1)).isEqualTo("Pause over: the next call tries it.");
        assertThat(tab.texts("h1"))
                .containsExactly("1 of 3 regions free, 1 with an open breaker for 29 s, 1 about to be tried");
    }

    @Test
    void itRefreshesItselfAndKeepsWhatIsThere() {
        see(sample());
        tab.putForward(Duration.ofMillis(1999));
        assertThat(settled()).isEqualTo(1);
        tab.eval("window.before = [...document.querySelectorAll('#models *')]");
        Object places = tab.eval(places());

        Map<String, Object> well = with(region("francecentral", 1, 1, "eu"), "attempts", minutes(1234567));
        server.answers(status(List.of(model(
                "gpt-4o",
                shut(region("swedencentral", 1, 3, "eu"), "refused", Duration.ofSeconds(299)),
                well,
                with(region("eastus2", 2, 1, "us"), "state", "probing")))));

        tab.putForward(Duration.ofMillis(1)).await(pill(1) + " === 'Free'");
        assertThat(server.asked()).isEqualTo(2);
        assertThat(tab.texts("h1").get(0)).contains("1 refusing the router, 1 being tried");
        assertThat(tab.texts("figcaption").get(1)).isEqualTo("1,234,567 attempts");
        assertThat(tab.eval("window.before.every(each => each.isConnected)")).isEqualTo(true);
        assertThat(tab.eval(places())).as("nothing jumps").isEqualTo(places);
    }

    @Test
    void modelsAndRegionsComeAndGoWithTheSettings() {
        see(sample());
        server.answers(status(List.of(
                model("o3", region("westus3", 1, 1, null)),
                model("gpt-4o", region("swedencentral", 2, 1, null), region("eastus2", 1, 1, null)))));

        tab.putForward(EVERY).await("document.querySelectorAll('.model').length === 2");
        assertThat(tab.texts("h4")).containsExactly("westus3", "eastus2", "swedencentral");
        server.answers(status(List.of(model("o3", region("westus3", 1, 1, null)))));

        tab.putForward(EVERY).await("document.querySelectorAll('.model').length === 1");
        assertThat(tab.texts("h4")).containsExactly("westus3");
        assertThat(tab.texts("h1")).containsExactly("The one region is free");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | {} | The router answered 503.",
                "401 | {} | The router answered 401.",
                "200 | <html> | The router’s answer is not readable.",
                "200 | {} | The router’s answer is not readable.",
                "200 | null | The router’s answer is not readable.",
            })
    void aFailedFetchIsToldWithTheAgeOfWhatIsSeen(int status, String body, String note) {
        see(sample());
        server.answers(status, body);

        tab.putForward(EVERY).await("document.title === 'No answer · Region Router'");

        assertThat(tab.texts("#note")).containsExactly(note);
        assertThat(tab.texts("#age")).containsExactly("What you see is 2 s old.");
        assertThat(tab.texts("h4")).hasSize(3);
        server.answers(sample());
        tab.putForward(EVERY).await("document.title === '1 of 3 free · Region Router'");
        assertThat(tab.texts("#note")).containsExactly("Live, refreshed every 2 s");
        assertThat(tab.texts("#age")).isEmpty();
    }

    @Test
    void aRouterThatIsGoneIsToldToo() {
        see(sample());
        server.close();

        tab.putForward(EVERY).await(NO_ANSWER);
        assertThat(tab.texts("h4")).hasSize(3);
    }

    @Test
    void aRouterThatIsSilentIsNotWaitedForLongerThanFiveSeconds() {
        server.answers(sample()).thenSilence();
        tab.open(server.url()).await(DRAWN).putForward(EVERY);
        server.awaitAsked(2);

        tab.putForward(Duration.ofSeconds(5)).await(NO_ANSWER);
        assertThat(tab.texts("#age")).containsExactly("What you see is 7 s old.");
        tab.putForward(EVERY);
        server.awaitAsked(3);
    }

    @Test
    void aRouterThatNeverAnsweredLeavesNoEmptyPage() {
        server.answers(503, "{}");
        tab.open(server.url()).await("document.title === 'No answer · Region Router'");

        assertThat(tab.texts("h1")).containsExactly("Nothing known yet");
        assertThat(tab.texts("#note")).containsExactly("The router answered 503.");
        assertThat(tab.texts("main")).isEmpty();
    }

    @Test
    void behindAnotherTabItAsksNothing() {
        see(sample());
        tab.hidden(true);

        tab.putForward(Duration.ofSeconds(30));
        assertThat(settled()).isEqualTo(1);

        tab.hidden(false);
        server.awaitAsked(2);
    }

    @Test
    void aQuestionUnderWayIsTheLastOneBehindAnotherTab() {
        server.answers(sample()).thenSilence();
        tab.open(server.url()).await(DRAWN).putForward(EVERY);
        server.awaitAsked(2);
        tab.hidden(true);
        tab.putForward(Duration.ofSeconds(5)).await("document.title === 'No answer · Region Router'");

        tab.putForward(EVERY);
        assertThat(settled()).isEqualTo(2);

        tab.hidden(false);
        server.awaitAsked(3);
    }

    @Test
    void namesAreTextWhateverTheySay() {
        Map<String, Object> region = shut(region(HOSTILE, 1, 1, HOSTILE), HOSTILE, Duration.ofMinutes(1));
        region.putAll(Map.of("endpoint", HOSTILE, "deployment", HOSTILE, "weight", HOSTILE));
        Map<String, Object> odd = with(region, "state", HOSTILE);
        Map<String, Object> hostile = with(
                status(List.of(model(HOSTILE, region, odd))),
                "alarms",
                List.of(with(alarm(Duration.ZERO, HOSTILE, HOSTILE, 0), "at", HOSTILE)));
        hostile.putAll(Map.of("host", HOSTILE, "version", HOSTILE, "startedAt", HOSTILE));
        hostile.put(
                "settings",
                Map.of(
                        "source",
                        HOSTILE,
                        "version",
                        HOSTILE,
                        "loadedAt",
                        HOSTILE,
                        "checkedAt",
                        HOSTILE,
                        "faults",
                        List.of(HOSTILE)));
        see(hostile);

        assertThat(tab.texts("h4")).containsExactly(HOSTILE, HOSTILE);
        assertThat(tab.texts(".model h2")).containsExactly(HOSTILE);
        assertThat(tab.texts("#refused li")).containsExactly(HOSTILE);
        assertThat(tab.texts("#alarms .small span:first-child")).containsExactly(HOSTILE);
        assertThat(tab.eval("document.querySelectorAll('img').length")).isEqualTo(0);
        assertThat(tab.complaints()).isEmpty();
        assertThat(tab.requests())
                .isNotEmpty()
                .allMatch(url -> List.of(server.url(), server.url() + "status").contains(url));
    }

    @Test
    void oddTypesDoNotBreakIt() {
        Map<String, Object> region = region("swedencentral", 1, 1, "eu");
        region.putAll(Map.of("attempts", "many", "throttled", Map.of(), "inFlight", "two", "leftMs", -5, "tier", "x"));
        see(with(status(List.of(model("gpt-4o", region), model("o3"))), "settings", null));

        assertThat(tab.texts("h4")).containsExactly("swedencentral");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void nothingIsAskedForButThePageAndItsDataAndThePolicyHolds() {
        see(sample());
        tab.putForward(EVERY).await("performance.getEntriesByName(location.href + 'status').length > 1");

        assertThat(tab.requests())
                .startsWith(server.url(), server.url() + "status")
                .allMatch(url -> url.startsWith(server.url()));
        assertThat(tab.complaints()).isEmpty();
        tab.eval("new Promise(done => { document.addEventListener('securitypolicyviolation', done);"
                + " document.body.append(Object.assign(new Image(), { src: '/x.png' })); }).then(() => 1)");
        assertThat(tab.complaints()).as("a breach would be seen").isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 360, 561, 821, 1200})
    void nothingSticksOutAtAnyWidth(int width) throws Exception {
        tab.size(width, 740);
        see(large());

        assertThat(tab.texts("h4")).hasSize(20).allMatch(name -> name.length() == 64);
        assertThat(tab.eval("document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
        assertThat(tab.eval("[...document.querySelectorAll('body *')].filter(each => {"
                        + " const box = each.getBoundingClientRect(); return box.right > innerWidth + .5 || box.left < -.5; })"
                        + ".map(each => each.outerHTML.slice(0, 80)).join()"))
                .isEqualTo("");
        assertThat(tab.eval("[...document.querySelectorAll('.wrap, .region, .panel, li, dd, .pill')]"
                        + ".filter(each => each.scrollWidth > each.clientWidth + 1)"
                        + ".map(each => each.outerHTML.slice(0, 80)).join()"))
                .isEqualTo("");
        tab.picture(Path.of("target/status-page/large-" + width + ".png"));
    }

    @ParameterizedTest
    @CsvSource({"light,1200", "dark,1200", "light,360", "dark,360"})
    void textIsReadableInLightAndDark(String scheme, int width) throws Exception {
        tab.scheme(scheme).size(width, 600);
        see(sample());
        tab.picture(Path.of("target/status-page/" + scheme + "-" + width + ".png"));
        see(with(large(), "settings", settings(List.of("models.o3: no regions"))));

        Map<?, ?> seen = (Map<?, ?>) tab.eval(CONTRASTS);

        assertThat((Boolean) seen.get("dark")).isEqualTo(scheme.equals("dark"));
        assertThat((Integer) seen.get("looked")).isGreaterThan(60);
        assertThat((List<?>) seen.get("faint")).isEmpty();
    }

    @Test
    void thePictureInTheDocumentsIsSmall() throws Exception {
        Path picture = Path.of("docs/status.png");

        assertThat(Files.size(picture)).isLessThan(150_000);
        assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(1200);
    }

    /** Every text against the nearest background behind it (WCAG 2: 4.5), every bar and dot (3). */
    private static final String CONTRASTS = """
            (() => {
              const rgb = colour => colour.match(/[\\d.]+/g).map(Number);
              const light = colour => {
                const [r, g, b] = rgb(colour).map(each => each / 255)
                  .map(each => each <= .04045 ? each / 12.92 : ((each + .055) / 1.055) ** 2.4);
                return .2126 * r + .7152 * g + .0722 * b;
              };
              const ratio = (one, other) => {
                const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
                return (high + .05) / (low + .05);
              };
              const behind = node => {
                for (let each = node; each; each = each.parentElement) {
                  const colour = getComputedStyle(each).backgroundColor;
                  if (rgb(colour)[3] !== 0) return colour;
                }
                return 'rgb(255, 255, 255)';
              };
              const faint = [];
              let looked = 0;
              const look = (node, colour, ground, least) => {
                looked += 1;
                const found = ratio(colour, ground);
                if (found < least) faint.push(`${node.outerHTML.slice(0, 60)} ${found.toFixed(2)}`);
              };
              for (const node of document.querySelectorAll('body *')) {
                const own = [...node.childNodes].some(each => each.nodeType === 3 && each.textContent.trim());
                if (!node.checkVisibility() || node.closest('script, style')) continue;
                if (node.closest('svg')) {
                  if (node.matches('.served, .throttled, .failed')) {
                    look(node, getComputedStyle(node).fill, behind(node.closest('svg')), 3);
                  }
                } else if (own) {
                  look(node, getComputedStyle(node).color, behind(node), 4.5);
                } else if (node.matches('.dot')) {
                  look(node, getComputedStyle(node).backgroundColor, behind(node.parentElement), 3);
                }
              }
              return { looked, faint, dark: light(getComputedStyle(document.body).backgroundColor) < .1 };
            })()
            """;

    private void see(Map<String, Object> status) {
        server.answers(status);
        tab.open(server.url()).await(DRAWN);
    }

    /** How often the page has asked, when it had a moment to do so. */
    private int settled() {
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        return server.asked();
    }

    private List<Integer> heights(int chart, int minute) {
        return Stream.of(".served", ".throttled", ".failed")
                .map(kind -> tab.eval("Math.round(document.querySelectorAll('svg')[" + chart + "].children[" + minute
                        + "].querySelector('" + kind + "').getAttribute('height'))"))
                .map(height -> ((Number) height).intValue())
                .toList();
    }

    private static String pill(int at) {
        return "document.querySelectorAll('.pill')[" + at + "].textContent.replaceAll('\\u00a0', ' ')";
    }

    private static String places() {
        return "[...document.querySelectorAll('h2, h3, h4, .pill, figure')]"
                + ".map(each => Math.round(each.getBoundingClientRect().top)).join()";
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map<String, Object> large() {
        List<String> causes = List.of("cooling", "breaker", "refused", "absent", "odd");
        Map[] regions = IntStream.range(0, 20)
                .mapToObj(at -> with(
                        with(
                                at % 3 == 0
                                        ? with(region(LONG, 1 + at / 8, 100, LONG), "inFlight", 12345)
                                        : shut(
                                                region(LONG, 1 + at / 8, 100, LONG),
                                                causes.get(at % 5),
                                                Duration.ofSeconds(299)),
                                "attempts",
                                minutes(123456, 99999, 98765, 4, 3, 2)),
                        "deployment",
                        LONG))
                .map(region -> with(region, "throttled", minutes(23456, 9999, 8765, 1)))
                .map(region -> with(region, "failed", minutes(3456, 999, 765, 1)))
                .map(region -> with(region, "endpoint", "https://" + LONG + "." + LONG + ".openai.azure.com"))
                .toArray(Map[]::new);
        return with(
                status(List.of(model(LONG, regions))),
                "alarms",
                List.of(
                        alarm(Duration.ofDays(40), LONG, "credentials_refused", 401),
                        alarm(Duration.ofSeconds(4), LONG, LONG.replace('-', '_'), 403)));
    }
}
