package io.github.regionrouter.lab.load;

import java.util.stream.Collectors;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what is wrong with the options as {@code --threads: 0 (expected: 1 or more)}, and never more of what it cannot place than the
 * names of options: the rest may be a key.
 */
final class UsageErrors implements IParameterExceptionHandler {

    private static final int LONGEST_VALUE = 24;

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        failure.getCommandLine().getErr().println(message(failure));
        failure.getCommandLine().getErr().println("load --help tells all options; docs/load.md more.");
        return failure.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
    }

    /** What is longer than numbers and sizes are may be a key that stands in the wrong place. */
    private static String shown(String value) {
        return value.length() <= LONGEST_VALUE ? value : "…";
    }

    private static String message(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String names = unmatched.getUnmatched().stream()
                    .filter(word -> word.startsWith("-"))
                    .map(word -> word.replaceFirst("=.*", ""))
                    .collect(Collectors.joining(", "));
            return (names.isEmpty() ? "arguments: some that belong to no option" : "options: " + names)
                    + " (expected: only options that --help tells)";
        }
        String text = String.valueOf(failure.getMessage());
        if (failure.getArgSpec() instanceof OptionSpec option && failure.getValue() != null) {
            // A converter's rule stands behind picocli's own words, which for a flag repeat the value.
            boolean flag = option.arity().max() == 0;
            String rule = flag ? "no value" : text.substring(text.indexOf(": ") + 2);
            return option.longestName() + ": " + shown(failure.getValue()) + " (expected: " + rule + ")";
        }
        return text;
    }
}
