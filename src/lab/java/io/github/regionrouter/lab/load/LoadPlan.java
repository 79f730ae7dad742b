package io.github.regionrouter.lab.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done, checked.
 *
 * @param items how many calls at most; {@link #UNBOUNDED} if the duration alone ends the run
 * @param duration after which no call sets out any more; null if the items alone end the run
 * @param limitField the body's name for the limit of an answer: {@code max_tokens} or {@code max_completion_tokens}
 * @param cacheKeys how many different {@code prompt_cache_key}s; 0 for none
 * @param timeout for one whole answer, from when the call was sent
 * @param headers sent with every call; their values count as secrets
 */
record LoadPlan(
        String model,
        List<Target> targets,
        Pace pace,
        long items,
        @Nullable Duration duration,
        TokenSizes promptTokens,
        TokenSizes maxTokens,
        String limitField,
        int cacheKeys,
        boolean stream,
        Duration timeout,
        Map<String, String> headers,
        long seed) {

    static final long UNBOUNDED = Long.MAX_VALUE;

    LoadPlan {
        targets = List.copyOf(targets);
        headers = Map.copyOf(headers);
    }

    boolean bounded() {
        return items != UNBOUNDED;
    }

    /** {@code gpt-4o, 200 calls, 10 threads, streamed}. */
    String inWords() {
        StringBuilder words = new StringBuilder(model);
        if (bounded()) {
            words.append(", ").append(Words.count(items, "call"));
        }
        if (duration != null) {
            words.append(bounded() ? ", at most " : ", ").append(Words.seconds(duration));
        }
        words.append(", ").append(pace.inWords());
        return words.append(stream ? ", streamed" : ", not streamed").toString();
    }

    /** Without the values of headers. */
    @Override
    public String toString() {
        return targets.stream().map(Target::label).collect(Collectors.joining(", ")) + ": " + inWords();
    }
}
