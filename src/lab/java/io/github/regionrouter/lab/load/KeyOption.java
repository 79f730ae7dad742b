package io.github.regionrouter.lab.load;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** One key, said or named. */
final class KeyOption {

    /** In place of a key: sends none. */
    private static final String NONE = "none";

    @Option(
            names = "--key",
            required = true,
            paramLabel = "<key>",
            description =
                    "API key, sent as api-key. The nth one (of --key and --key-env together) belongs to the nth URL, a single one "
                            + "to all; none sends no key. Never printed or written, but seen by who can list processes: prefer --key-env.")
    private @Nullable String value;

    @Option(
            names = "--key-env",
            required = true,
            paramLabel = "<variable>",
            description = "The same, from a variable of the environment.")
    private @Nullable String variable;

    @Nullable
    String read(UnaryOperator<@Nullable String> environment) {
        String key = value;
        if (variable != null) {
            key = environment.apply(variable);
            LoadOptions.check(
                    key != null && !key.isBlank(), "--key-env: " + variable + " (expected: a variable that is set)");
        }
        LoadOptions.check(
                key != null && !key.isBlank() && HeaderOption.isText(key),
                "--key: one of them (expected: printable ASCII, not blank)");
        return NONE.equals(key) ? null : key;
    }
}
