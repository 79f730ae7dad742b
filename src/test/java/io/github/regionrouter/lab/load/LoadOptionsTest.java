package io.github.regionrouter.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadOptionsTest {

    private static final String[] URL = {"--url", "http://127.0.0.1:1"};

    @Test
    void aUrlIsEnough() {
        LoadPlan plan = Plans.of(URL);

        assertThat(plan.model()).isEqualTo("gpt-4o");
        assertThat(plan.pace()).isEqualTo(new Pace.Threads(10, Duration.ZERO));
        assertThat(plan.items()).isEqualTo(100);
        assertThat(plan.stream()).isFalse();
        assertThat(plan.targets()).extracting(Target::key).containsOnlyNulls();
    }

    @Test
    void aDurationAloneHasNoBoundOfCalls() {
        LoadPlan plan = Plans.of("--url", "http://a", "--duration", "1.5");

        assertThat(plan.bounded()).isFalse();
        assertThat(plan.duration()).isEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void aRateOpensTheLoopAndThreadsBecomeItsBound() {
        LoadPlan plan = Plans.of(
                "--url", "http://a", "--rate", "20", "--poisson", "--ramp", "5", "--threads", "7", "--items", "9");

        assertThat(plan.pace()).isEqualTo(new Pace.Rate(20, true, Duration.ofSeconds(5), 7));
        assertThat(plan.inWords())
                .isEqualTo("gpt-4o, 9 calls, 20 calls per second (Poisson), ramped up in 5 s, not streamed");
    }

    @Test
    void keysSaidAndNamedKeepTheirOrder() {
        LoadPlan plan = Plans.of(
                "--url",
                "http://a",
                "--key",
                "one",
                "--url",
                "http://b",
                "--key-env",
                "LOAD_KEY",
                "--url",
                "http://c",
                "--key",
                "none");

        assertThat(plan.targets()).extracting(Target::key).containsExactly("one", "key-from-the-environment", null);
    }

    @Test
    void headersAreRead() {
        assertThat(Plans.of("--url", "http://a", "--header", "x-router-region: eastus2")
                        .headers())
                .containsEntry("x-router-region", "eastus2");
    }

    @Test
    void aPlanInWordsTellsNoSecret() {
        assertThat(Plans.of(
                                "--url",
                                "http://a/x/chat/completions?code=secret",
                                "--key",
                                "secret",
                                "--header",
                                "a:secret")
                        .toString())
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--threads 0 | --threads: 0 (expected: 1 or more, at most 100000)",
                "--threads x | --threads: x (expected: 1 or more, at most 100000)",
                "--items 0 | --items: 0 (expected: 1 or more, at most 1000000000)",
                "--rate 0 | --rate: 0 (expected: calls per second, 0.001 to 100000)",
                "--rate NaN | --rate: NaN (expected: calls per second, 0.001 to 100000)",
                "--duration 0 | --duration: 0 (expected: seconds, 0.001 or more, at most a week)",
                "--ramp -1 | --ramp: -1 (expected: seconds, 0 or more, at most a week)",
                "--seed 1.5 | --seed: 1.5 (expected: a whole number)",
                "--max-tokens 5-9 | --max-tokens: 5-9 (expected: 200, uniform:100-2000",
                "--poisson | --poisson: without --rate (expected: with --rate)",
                "--header nonsense | --header: no name in front of a colon (expected: name:value",
                "--header host:x | --header: host (expected: none that the tester sets itself)",
                "--key-env NOWHERE | --key-env: NOWHERE (expected: the name of a variable that is set)",
                "--key a --key b | --key: 2 keys for 1 URLs (expected: one for each, one for all, or none)",
                "--json /nowhere/at/all.json | --json: /nowhere/at/all.json (expected: a file in a folder that exists)",
                "--json target/a --html target/../target/a | --html: target/../target/a (expected: another file than that of --json)",
                "--url http://127.0.0.1:99999 | --url: http://127.0.0.1:99999 (expected: an http(s) URL of",
                "--threads 1 --threads 2 | should be specified only once",
            })
    void whatIsWrongIsToldWithItsRule(String arguments, String message) {
        assertThat(refusal(("--url http://127.0.0.1:1 " + arguments).split(" ")))
                .contains(message);
    }

    @Test
    void aLinkToTheSameFileIsNoOtherFile(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("a"));
        Path link = Files.createSymbolicLink(folder.resolve("b"), file);

        assertThat(refusal("--url", "http://127.0.0.1:1", "--json", file.toString(), "--html", link.toString()))
                .contains("(expected: another file than that of --json)");
    }

    @Test
    void aUrlIsNeeded() {
        assertThat(refusal("--threads", "1")).contains("Missing required option: '--url=<url>'");
    }

    @Test
    void whatBelongsToNoOptionIsNotRepeatedForItMayBeAKey() {
        assertThat(refusal("--url", "http://a", "--kee", "sk-secret"))
                .contains("options: --kee (expected: only options that --help tells)")
                .doesNotContain("sk-secret");
        assertThat(refusal("--url", "http://a", "--kee=sk-secret")).doesNotContain("sk-secret");
        assertThat(refusal("--url", "http://a", "--key", "one", "sk-secret")).doesNotContain("sk-secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--key-env sk-secret-1",
                "--key-env 0123456789abcdef0123456789abcdef",
                "--key-env SECRET0123456789ABCDEF0123456789",
                "--url sk-secret --key http://a",
                "--url secret.0123456789 --key http://a",
                "--threads secret0123456789abcdef0123456789",
                "--stream=secret0123456789abcdef0123456789"
            })
    void aKeyInTheWrongPlaceIsNotRepeated(String arguments) {
        assertThat(refusal(("--url http://a " + arguments).split(" ")))
                .contains("…", "(expected: ")
                .doesNotContainIgnoringCase("secret", "0123456789");
    }

    @Test
    void helpAndVersionAreNoErrors() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        int help = LoadCommand.run(new String[] {"--help"}, name -> null, new PrintStream(out), System.err);
        int version = LoadCommand.run(new String[] {"--version"}, name -> null, new PrintStream(out), System.err);

        assertThat(help + version).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--prompt-tokens", "Exit status", "load tester");
    }

    private static String refusal(String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = LoadCommand.run(arguments, name -> null, System.out, new PrintStream(err));
        assertThat(status).isEqualTo(2);
        return err.toString(StandardCharsets.UTF_8);
    }
}
