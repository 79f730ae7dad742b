package io.github.regionrouter.lab.load;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** One key, said or named. */
final class KeyOption {

    /** In place of a key: sends none. */
    private static final String NONE = "none";

    /** Keys are longer than the words of such a name, or have small letters. */
    private static final Pattern VARIABLE = Pattern.compile("_*[A-Z][A-Z0-9]{0,15}(_+[A-Z0-9]{1,16})*");

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

    /** What does not look like a variable may be the key itself. */
    private static String shown(String variable) {
        return VARIABLE.matcher(variable).matches() ? variable : "…";
    }

    @Nullable
    String read(UnaryOperator<@Nullable String> environment) {
        String key = value;
        if (variable != null) {
            key = environment.apply(variable);
            LoadOptions.check(
                    key != null && !key.isBlank(),
                    "--key-env: " + shown(variable) + " (expected: the name of a variable that is set)");
        }
        LoadOptions.check(
                key != null && !key.isBlank() && HeaderOption.isText(key),
                "--key: one of them (expected: printable ASCII, not blank)");
        return NONE.equals(key) ? null : key;
    }
}
