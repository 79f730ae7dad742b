package io.github.regionrouter.lab.load;

import java.util.Map;
import picocli.CommandLine;

/** Plans as the command line makes them. */
final class Plans {

    private Plans() {}

    static LoadPlan of(String... arguments) {
        LoadOptions options = new LoadOptions(Map.of("LOAD_KEY", "key-from-the-environment")::get);
        new CommandLine(options).parseArgs(arguments);
        return options.plan();
    }

    /** A call of a plan that ended as told, with times in milliseconds. */
    static CallResult result(LoadPlan plan, long index, long due, long sent, long end, Status status) {
        Call call = new CallDeck(plan).call(index);
        boolean served = status.kind() == Status.Kind.SERVED;
        return new CallResult(
                call,
                new CallTimes(nanos(due), nanos(sent), null, nanos(end)),
                status,
                null,
                served ? new Tokens(100, 10, 0, 0, 0) : Tokens.NONE,
                served ? null : "told <why>");
    }

    static long nanos(long millis) {
        return millis * 1_000_000;
    }
}
