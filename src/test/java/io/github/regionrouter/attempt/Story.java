package io.github.regionrouter.attempt;

import io.github.regionrouter.attempt.Outcome.Failed;
import io.github.regionrouter.attempt.Outcome.Failure;
import io.github.regionrouter.attempt.Outcome.Obstacle;
import io.github.regionrouter.attempt.Outcome.Unreachable;
import io.github.regionrouter.attempt.Step.Finish;
import io.github.regionrouter.attempt.Step.Send;
import io.github.regionrouter.attempt.Step.Wait;
import io.github.regionrouter.region.HealthBoard;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.region.RegionSelector;
import io.github.regionrouter.testing.ManualTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A board, a clock, and calls on them, told as text: {@code east>NEXT_REGION west>RETURN =Relay}. Within a tier the first
 * region that may be called is chosen, and waits have no jitter, unless a test says otherwise.
 *
 * <p>Outcomes are written as a status, for 429 with the wait that the region asked for ({@code 429/7s}, {@code 429/250ms}),
 * or as {@code reset}, {@code silence}, {@code refused} (no connection) or {@code full} (the router's own pool). {@code @3s}
 * behind an outcome says how long the attempt took, {@code @limit} that it took as long as it might.
 */
final class Story {

    private static final int MOST_STEPS = 1_000;

    final ManualTicker clock = new ManualTicker();
    final HealthBoard board = new HealthBoard(clock);

    RetryRules rules = RetryRules.DEFAULT;
    DoubleSupplier jitter = () -> 0;
    boolean repeatable = true;

    @Nullable
    Region forced;

    @Nullable
    Duration patience;

    CallPlan call(List<Region> candidates) {
        return new CallPlan(
                candidates,
                new Wishes(forced, null, null, "", repeatable),
                rules,
                Deadline.of(clock.nanos(), rules.deadline(), patience),
                board,
                new RegionSelector(board, () -> 0),
                jitter);
    }

    /** A call from its beginning to its end; every outcome must be used up, and none may be missing. */
    String of(List<Region> candidates, String outcomes) {
        String[] script = outcomes.isBlank() ? new String[0] : outcomes.trim().split(" +");
        int used = 0;
        StringBuilder told = new StringBuilder();
        CallPlan plan = call(candidates);
        Step step = plan.begin();
        int steps = 0;
        while (!(step instanceof Finish)) {
            if (++steps > MOST_STEPS) {
                return told.append("… does not end").toString();
            }
            if (step instanceof Wait wait) {
                told.append('~').append(wait.pause().toMillis()).append(' ');
                clock.advance(wait.pause());
                step = plan.afterWait(wait);
            } else {
                Send send = (Send) step;
                if (used == script.length) {
                    return told.append(send.region().name()).append(">?").toString();
                }
                Verdict verdict = plan.after(outcome(script[used++], send));
                told.append(send.region().name())
                        .append('>')
                        .append(verdict.decision())
                        .append(' ');
                step = verdict.next();
            }
        }
        told.append('=').append(ending(((Finish) step).ending()));
        return used == script.length ? told.toString() : told + " unused:" + script[used];
    }

    /** Reads an outcome, and lets the time pass that it took. */
    Outcome outcome(String text, Send send) {
        int at = text.indexOf('@');
        if (at < 0) {
            return outcome(text);
        }
        String time = text.substring(at + 1);
        clock.advance(time.equals("limit") ? send.limit() : duration(time));
        return outcome(text.substring(0, at));
    }

    static Outcome outcome(String text) {
        return switch (text) {
            case "reset" -> new Failed(0, Failure.RESET);
            case "silence" -> new Failed(0, Failure.SILENCE);
            case "refused" -> new Unreachable(Obstacle.NETWORK);
            case "full" -> new Unreachable(Obstacle.LOCAL);
            default -> {
                if (text.startsWith("429/")) {
                    yield new Outcome.Throttled(429, duration(text.substring(4)));
                }
                yield OutcomeClassifier.classify(
                        new Answer(
                                Integer.parseInt(text),
                                name -> null,
                                text.equals("404") ? "{\"error\":{\"code\":\"DeploymentNotFound\"}}" : null),
                        false,
                        Instant.EPOCH);
            }
        };
    }

    static Duration duration(String text) {
        return text.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                : Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
    }

    /** {@code Throttled(7000)}: the name of the ending, and what it carries, times in milliseconds. */
    static String ending(Ending ending) {
        if (ending instanceof Ending.Throttled throttled) {
            return "Throttled(" + throttled.retryAfter().toMillis() + ")";
        }
        if (ending instanceof Ending.NoneAvailable none) {
            return "NoneAvailable(" + none.retryAfter().toMillis() + ")";
        }
        if (ending instanceof Ending.Failed failed) {
            return "Failed(" + failed.why() + ")";
        }
        return ending.getClass().getSimpleName();
    }
}
