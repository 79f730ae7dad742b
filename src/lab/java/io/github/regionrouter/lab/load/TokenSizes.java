package io.github.regionrouter.lab.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** How many tokens a call has: a distribution, drawn from anew for each call. Never below 1 nor above {@link #MOST}. */
sealed interface TokenSizes {

    /** More than any model takes; keeps a wide tail from filling the memory. */
    int MOST = 2_000_000;

    String FORMS = "200, uniform:100-2000, normal:500,100 (mean, deviation), lognormal:500,0.5 (median, sigma)"
            + " or weights as in 100:70,8000:30; 1 to 2000000 tokens";

    int next(RandomGenerator random);

    /**
     * Reads one of {@link #FORMS}.
     *
     * @throws IllegalArgumentException if it is none of them; the message is the rule alone
     */
    static TokenSizes of(String text) {
        try {
            int colon = text.indexOf(':');
            String numbers = text.substring(colon + 1);
            return switch (colon < 0 ? "" : text.substring(0, colon)) {
                case "" -> new Always(tokens(text));
                case "uniform" -> uniform(parts(numbers, "-"));
                case "normal" -> normal(parts(numbers, ","));
                case "lognormal" -> logNormal(parts(numbers, ","));
                default -> weighted(text);
            };
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException(FORMS, none);
        }
    }

    /** The same for every call. */
    record Always(int tokens) implements TokenSizes {
        @Override
        public int next(RandomGenerator random) {
            return tokens;
        }
    }

    /** Each size from least to most, as often as any other. */
    record Uniform(int least, int most) implements TokenSizes {
        @Override
        public int next(RandomGenerator random) {
            return random.nextInt(least, most + 1);
        }
    }

    /** The bell; what falls below 1 is 1. */
    record Normal(double mean, double deviation) implements TokenSizes {
        @Override
        public int next(RandomGenerator random) {
            return bounded(mean + deviation * random.nextGaussian());
        }
    }

    /** Few are very large, as prompts are; {@code median × e^(sigma × bell)}. */
    record LogNormal(double median, double sigma) implements TokenSizes {
        @Override
        public int next(RandomGenerator random) {
            return bounded(median * Math.exp(sigma * random.nextGaussian()));
        }
    }

    /**
     * Some sizes, each as often as its weight says.
     *
     * @param upTo the sum of the weights to here, each included
     */
    record Weighted(List<Integer> sizes, List<Integer> upTo) implements TokenSizes {
        @Override
        public int next(RandomGenerator random) {
            int drawn = random.nextInt(upTo.get(upTo.size() - 1));
            int at = 0;
            while (upTo.get(at) <= drawn) {
                at++;
            }
            return sizes.get(at);
        }
    }

    private static TokenSizes uniform(List<String> parts) {
        int least = tokens(parts.get(0));
        int most = tokens(parts.get(1));
        require(least <= most);
        return new Uniform(least, most);
    }

    private static TokenSizes normal(List<String> parts) {
        return new Normal(amount(parts.get(0), MOST), amount(parts.get(1), MOST));
    }

    private static TokenSizes logNormal(List<String> parts) {
        return new LogNormal(amount(parts.get(0), MOST), amount(parts.get(1), 10));
    }

    private static TokenSizes weighted(String text) {
        List<Integer> sizes = new ArrayList<>();
        List<Integer> upTo = new ArrayList<>();
        int sum = 0;
        for (String pair : text.split(",", -1)) {
            List<String> parts = parts(pair, ":");
            sum += weight(parts.get(1));
            sizes.add(tokens(parts.get(0)));
            upTo.add(sum);
        }
        return new Weighted(List.copyOf(sizes), List.copyOf(upTo));
    }

    private static List<String> parts(String text, String separator) {
        List<String> parts = Arrays.asList(text.split(separator, -1));
        require(parts.size() == 2);
        return parts;
    }

    private static int tokens(String text) {
        int tokens = Integer.parseInt(text.trim());
        require(tokens >= 1 && tokens <= MOST);
        return tokens;
    }

    private static int weight(String text) {
        int weight = Integer.parseInt(text.trim());
        require(weight >= 1 && weight <= 10_000);
        return weight;
    }

    private static double amount(String text, double most) {
        double amount = Double.parseDouble(text.trim());
        require(amount >= 0 && amount <= most);
        return amount;
    }

    private static int bounded(double tokens) {
        return (int) Math.max(1, Math.min(MOST, Math.round(tokens)));
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new NumberFormatException();
        }
    }
}
