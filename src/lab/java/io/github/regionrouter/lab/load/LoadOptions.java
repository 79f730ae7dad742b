package io.github.regionrouter.lab.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say what to do, and the plan that they come to. */
final class LoadOptions {

    private static final long USUAL_ITEMS = 100;
    private static final int USUAL_THREADS = 10;
    private static final int USUAL_MOST_AT_ONCE = 1_000;

    private final UnaryOperator<@Nullable String> environment;

    @Option(
            names = "--url",
            required = true,
            paramLabel = "<url>",
            description =
                    "Where to call; repeat it to compare, each call picks one at random. A base such as http://127.0.0.1:7071 "
                            + "(deployment-style paths), one that ends in /openai/v1 or /openai/deployments/{name}, or the whole path to …/chat/completions.")
    private List<String> urls = new ArrayList<>();

    @Option(
            names = "--model",
            paramLabel = "<name>",
            defaultValue = "gpt-4o",
            description = "Model or deployment. Default: ${DEFAULT-VALUE}.")
    private String model = "gpt-4o";

    @Option(
            names = "--api-version",
            paramLabel = "<version>",
            defaultValue = "2024-10-21",
            description = "Of deployment-style paths. Default: ${DEFAULT-VALUE}.")
    private String apiVersion = "2024-10-21";

    @Option(
            names = "--threads",
            paramLabel = "<count>",
            converter = Converters.Count.class,
            description =
                    "Closed loop: so many callers, each waits for its answer before it calls again. Default: 10.%n"
                            + "With --rate: the most calls under way at once. Default: 1000.")
    private @Nullable Integer threads;

    @Option(
            names = "--rate",
            paramLabel = "<per second>",
            converter = Converters.Rate.class,
            description = "Open loop: calls per second, whether or not others have ended.")
    private @Nullable Double rate;

    @Option(
            names = "--poisson",
            description = "With --rate: random gaps between calls, as of many users, in place of even ones.")
    private boolean poisson;

    @Option(
            names = "--items",
            paramLabel = "<count>",
            converter = Converters.Items.class,
            description = "Calls in all. Default: 100, or no bound with --duration.")
    private @Nullable Long items;

    @Option(
            names = "--duration",
            paramLabel = "<seconds>",
            converter = Converters.SomeSeconds.class,
            description = "After which no call sets out; those under way may end.")
    private @Nullable Duration duration;

    @Option(
            names = "--ramp",
            paramLabel = "<seconds>",
            defaultValue = "0",
            converter = Converters.Seconds.class,
            description = "In which the threads, or the rate, grow from nothing. Default: ${DEFAULT-VALUE}.")
    private Duration ramp = Duration.ZERO;

    @Option(names = "--stream", description = "Asks for server-sent events, and times the first token.")
    private boolean stream;

    @Option(
            names = "--prompt-tokens",
            paramLabel = "<sizes>",
            defaultValue = "200",
            converter = Converters.Sizes.class,
            description =
                    "About how long prompts are: 200, uniform:100-2000, normal:500,100 (mean, deviation), lognormal:500,0.5 (median, "
                            + "sigma), or weights: 100:70,8000:30. Default: ${DEFAULT-VALUE}.")
    private TokenSizes promptTokens = new TokenSizes.Always(200);

    @Option(
            names = "--max-tokens",
            paramLabel = "<sizes>",
            defaultValue = "100",
            converter = Converters.Sizes.class,
            description = "How long answers may be; as --prompt-tokens. Default: ${DEFAULT-VALUE}.")
    private TokenSizes maxTokens = new TokenSizes.Always(100);

    @Option(
            names = "--max-completion-tokens",
            description = "Sends the limit as max_completion_tokens, which reasoning models ask for.")
    private boolean maxCompletionTokens;

    @Option(
            names = "--cache-keys",
            paramLabel = "<count>",
            defaultValue = "0",
            converter = Converters.CountOrNone.class,
            description =
                    "Sends one of so many prompt_cache_keys; prompts with the same key begin alike. 0: no key, and every prompt begins "
                            + "differently, so that no cache helps. Default: ${DEFAULT-VALUE}.")
    private int cacheKeys;

    @Option(
            names = "--timeout",
            paramLabel = "<seconds>",
            defaultValue = "120",
            converter = Converters.SomeSeconds.class,
            description = "For one whole answer. Default: ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ofMinutes(2);

    @Option(
            names = "--seed",
            paramLabel = "<number>",
            converter = Converters.Seed.class,
            description =
                    "Makes the same calls in the same order again. Default: another one each time; the summary tells it.")
    private @Nullable Long seed;

    @Option(
            names = "--header",
            paramLabel = "<name:value>",
            description =
                    "Sent with every call; may be repeated. Its value is masked where a server repeats it, but for that of x-router-region.")
    private List<String> headers = new ArrayList<>();

    @ArgGroup(multiplicity = "0..*")
    private List<KeyOption> keys = new ArrayList<>();

    /** @param environment the value of a variable; null if there is none */
    LoadOptions(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
    }

    /** @throws IllegalArgumentException if the options do not go together */
    LoadPlan plan() {
        check(!model.isBlank(), "--model: blank (expected: a name)");
        check(rate != null || !poisson, "--poisson: without --rate (expected: with --rate)");
        boolean usual = items == null && duration == null;
        return new LoadPlan(
                model,
                Target.pairs(urls, keys(), model, apiVersion),
                pace(),
                items != null ? items : usual ? USUAL_ITEMS : LoadPlan.UNBOUNDED,
                duration,
                promptTokens,
                maxTokens,
                maxCompletionTokens ? "max_completion_tokens" : "max_tokens",
                cacheKeys,
                stream,
                timeout,
                HeaderOption.read(headers),
                seed != null ? seed : ThreadLocalRandom.current().nextInt(1_000_000));
    }

    private Pace pace() {
        return rate == null
                ? new Pace.Threads(threads == null ? USUAL_THREADS : threads, ramp)
                : new Pace.Rate(rate, poisson, ramp, threads == null ? USUAL_MOST_AT_ONCE : threads);
    }

    private List<@Nullable String> keys() {
        List<@Nullable String> values = new ArrayList<>();
        keys.forEach(key -> values.add(key.read(environment)));
        return values;
    }

    static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
